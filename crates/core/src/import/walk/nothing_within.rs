//! What stands for `within` in the plugin: documents have their messages where exports have them.

use super::{Json, Take, Walk};

impl<'t, 'a: 't, T: Take<'t, 'a>> Walk<'_, 't, 'a, T> {
    pub(super) fn without_lists(&mut self, json: Json<'t>, _: &'t str) -> Option<Json<'t>> {
        Some(json)
    }

    pub(super) fn without_messages(
        &mut self,
        _: &str,
        json: Json<'t>,
        _: &'t str,
    ) -> Option<Json<'t>> {
        Some(json)
    }
}
