"""What the sandbox does when a bot calls: one function for each method that is built, by families.

Here belongs what Telegram answers to bots; what people do belongs to `people`, how calls travel to `botapi`.
"""

from collections.abc import Awaitable, Callable, Mapping

from sandbox.methods import chats, editing, profile, receiving, sending
from sandbox.methods.call import Call
from sandbox.shapes import Json

METHODS: Mapping[str, Callable[[Call], Json | Awaitable[Json]]] = {
    "getMe": profile.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "getFile": receiving.get_file,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": sending.send_media_group,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "setMessageReaction": editing.set_reaction,
    "pinChatMessage": editing.pin,
    "unpinChatMessage": editing.unpin,
    "unpinAllChatMessages": editing.unpin_all,
    "answerCallbackQuery": chats.answer_callback,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_member,
    "getChatAdministrators": chats.get_admins,
    "getChatMemberCount": chats.count_members,
    "leaveChat": chats.leave,
    "createForumTopic": chats.create_topic,
    "editForumTopic": chats.edit_topic,
    "closeForumTopic": chats.close_topic,
    "reopenForumTopic": chats.reopen_topic,
    "deleteForumTopic": chats.delete_topic,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyName": profile.set_name,
    "getMyName": profile.get_name,
    "setMyDescription": profile.set_description,
    "getMyDescription": profile.get_description,
    "setMyShortDescription": profile.set_short_description,
    "getMyShortDescription": profile.get_short_description,
}
