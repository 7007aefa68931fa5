"""Methods about chats, their members and topics, and about buttons that were pressed in them."""

from sandbox import membership, posting
from sandbox.methods.call import Call
from sandbox.refusals import bad, forbidden
from sandbox.shapes import Json, Object, words
from sandbox.text import units
from sandbox.world import Chat, Topic

_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
_LONGEST_ANSWER = 200
_LONGEST_NAME = 128
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_GIFTS = words("unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels")
_PERMISSIONS = words(
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes "
    "can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews can_change_info "
    "can_invite_users can_pin_messages can_manage_topics"
)


def answer_callback(call: Call) -> Json:
    """answerCallbackQuery: once, within 150 seconds."""
    world = call.world
    press = world.presses.answerable(call.given["callback_query_id"], call.bot.id, world.clock.time())
    if press is None:
        raise bad(TOO_OLD)
    text = call.given.get("text", "")
    if units(text) > _LONGEST_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    if call.given.get("url"):
        raise bad("URL_INVALID")
    press.answer = {"text": text or None, "show_alert": call.given.get("show_alert", False)}
    more = {"callback": press.id, **press.answer, "person": press.person}
    world.events.add("answered", press.chat, frozenset((press.person,)), **more)
    return True


def get_chat(call: Call) -> Json:
    """GetChat"""
    chat = _readable(call)
    full: Object = {**chat.told, "accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(_GIFTS, chat.is_private)
    if chat.pinned:
        full["pinned_message"] = posting.quoted(chat.posts[chat.pinned[-1]].message)
    if chat.is_private:
        full["active_usernames"] = [chat.told["username"]] if "username" in chat.told else None
    else:
        full["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    if chat.reactions is not None:
        full["available_reactions"] = [{"type": "emoji", "emoji": one} for one in chat.reactions]
    return {key: value for key, value in full.items() if value is not None}


def _readable(call: Call) -> Chat:
    """Who isn't in a group learns nothing of it."""
    chat = call.chat()
    if not chat.is_private and not chat.holds(call.bot.id):
        kicked = chat.statuses.get(call.bot.id) == "kicked"
        raise forbidden(f"bot {'was kicked from' if kicked else 'is not a member of'} the {chat.type} chat")
    return chat


def get_member(call: Call) -> Json:
    """getChatMember: someone who was never there has left."""
    chat = _readable(call)
    user = call.world.user(call.given["user_id"])
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID" if not chat.is_private else "user not found")
    return membership.member(user, chat.statuses.get(user["id"], "left"), forum=chat.is_forum)


def get_admins(call: Call) -> Json:
    """getChatAdministrators: other bots only on request."""
    chat = _readable(call)
    if chat.is_private:
        raise bad("there are no administrators in the private chat")
    admins = []
    for number in chat.members():
        user = call.world.user(number)
        hidden = number in call.world.bots and number != call.bot.id and not call.given.get("return_bots")
        if user and chat.is_admin(number) and not hidden:
            admins.append(membership.member(user, chat.statuses[number], forum=chat.is_forum))
    return admins


def count_members(call: Call) -> Json:
    """GetChatMemberCount"""
    return len(_readable(call).members())


def leave(call: Call) -> Json:
    """LeaveChat"""
    chat = _readable(call)
    if chat.is_private:
        raise bad("chat member status can't be changed in private chats")
    membership.leave(call.world, chat, call.bot.user, call.bot.user)
    return True


def create_topic(call: Call) -> Json:
    """CreateForumTopic"""
    chat = _forum(call)
    name = _topic_name(call)
    colour = call.given.get("icon_color", _COLOURS[0])
    if colour not in _COLOURS:
        raise bad("wrong parameter icon_color in request")
    told = {"name": name, "icon_color": colour}
    # The message that makes the topic belongs to it, so the id is fixed before it is posted.
    number = next(chat.ids)
    posting.post_at(call.world, chat, number, call.bot.user, {"forum_topic_created": told}, thread=number)
    chat.topics[number] = Topic(number, name, colour)
    return {"message_thread_id": number, **told}


def edit_topic(call: Call) -> Json:
    """editForumTopic: its name."""
    chat = _forum(call)
    topic = _topic(call, chat)
    if "name" in call.given:
        topic.name = _topic_name(call)
        _say(call, chat, topic, {"forum_topic_edited": {"name": topic.name}})
    return True


def close_topic(call: Call) -> Json:
    """CloseForumTopic"""
    return _set_closed(call, "forum_topic_closed", closed=True)


def reopen_topic(call: Call) -> Json:
    """ReopenForumTopic"""
    return _set_closed(call, "forum_topic_reopened", closed=False)


def _set_closed(call: Call, service: str, *, closed: bool) -> Json:
    chat = _forum(call)
    topic = _topic(call, chat)
    if topic.closed is closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _say(call, chat, topic, {service: {}})
    return True


def delete_topic(call: Call) -> Json:
    """deleteForumTopic, with all its messages."""
    chat = _forum(call)
    topic = _topic(call, chat)
    del chat.topics[topic.id]
    for post in [p for p in chat.posts.values() if p.message.get("message_thread_id") == topic.id]:
        posting.remove(call.world, chat, post.id)
    return True


def _forum(call: Call) -> Chat:
    chat = call.writable()
    if not chat.is_forum:
        raise bad("the chat is not a forum")
    if not chat.is_admin(call.bot.id):
        raise bad("not enough rights to create a topic")
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.given["message_thread_id"])
    if topic is None:
        raise bad("message thread not found")
    return topic


def _topic_name(call: Call) -> str:
    name = str(call.given["name"]).strip()
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise bad("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_INVALID")
    return name


def _say(call: Call, chat: Chat, topic: Topic, service: Object) -> None:
    posting.post(call.world, chat, call.bot.user, service, thread=topic.id)
