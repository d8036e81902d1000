//! Embeds of the same link: Discord shows the first, with all pictures in a
//! grid.

use crate::model::{Blank, Embed};

/// Merges later embeds that only bring a picture into the first of the same
/// link.
pub fn merge(embeds: &mut Vec<Embed>) {
    // A single picture is `image`; the exporter repeats it in `images`.
    for embed in embeds.iter_mut() {
        if embed.image.is_none() && embed.images.len() == 1 {
            embed.image = embed.images.pop().map(Box::new);
        }
        if embed.images.len() == 1 {
            embed.images.clear();
        }
    }
    if embeds.len() < 2 {
        return;
    }
    let mut merged: Vec<Embed> = Vec::with_capacity(embeds.len());
    for mut embed in std::mem::take(embeds) {
        // A message has at most ten embeds.
        let near = merged.len().saturating_sub(10);
        let first = merged[near..]
            .iter_mut()
            .find(|first| !embed.url.is_blank() && first.url == embed.url && first.image.is_some());
        match (first, embed.image.is_some() && only_pictures(&embed)) {
            (Some(first), true) => {
                if first.images.is_empty() {
                    first.images.extend(first.image.as_deref().cloned());
                }
                if embed.images.is_empty() {
                    embed.images.extend(embed.image.take().map(|image| *image));
                }
                first.images.append(&mut embed.images);
            }
            _ => merged.push(embed),
        }
    }
    *embeds = merged;
}

fn only_pictures(embed: &Embed) -> bool {
    embed.title.is_blank()
        && embed.description.is_blank()
        && embed.fields.is_blank()
        && embed.author.is_none()
        && embed.footer.is_none()
        && embed.video.is_none()
        && embed.thumbnail.is_none()
        && embed.extra.is_empty()
}
