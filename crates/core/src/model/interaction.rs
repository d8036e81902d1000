//! Commands that a message responds to.

use super::PersonRef;
use crate::json::Json;
use crate::record::record;
use crate::text::Text;

record! {
    /// The command or component use that a message responds to.
    Interaction {
        /// Id.
        id: Text<'a> = "id",
        /// 2 command, 3 component, 4 autocomplete, 5 modal.
        kind: u64 = "type",
        /// Name of the command, without `/`.
        name: Text<'a> = "name",
        /// Who used it.
        user: Option<PersonRef> = "user",
        /// 1 slash, 2 user menu, 3 message menu.
        command_type: u64 = "command_type",
        /// User that a user command was used on.
        target_user: Option<PersonRef> = "target_user",
        /// Id of the message that a message command was used on.
        target_message_id: Text<'a> = "target_message_id",
        /// Id of the message whose component was used.
        interacted_message_id: Text<'a> = "interacted_message_id",
        /// Id of the first response, on follow-ups.
        original_response_message_id: Text<'a> = "original_response_message_id",
        /// Where the app is installed.
        authorizing_integration_owners: Option<Box<Json<'a>>> = "authorizing_integration_owners",
        /// What opened the modal.
        triggering_interaction_metadata: Option<Box<Interaction<'a>>> =
            "triggering_interaction_metadata",
        /// Text about the response being ephemeral, as some clients give it.
        ephemerality_reason: u64 = "ephemerality_reason",
        /// Name with localisation.
        name_localized: Text<'a> = "name_localized",
        /// Member data of the user.
        member: Option<Box<Json<'a>>> = "member",
    }
}
