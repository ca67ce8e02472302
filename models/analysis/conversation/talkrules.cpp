#include "talkrules.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Bytes of one turn that are looked through.
constexpr std::size_t mostSearched = 65'536;

bool hasWords(std::string_view text, std::string_view words)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    const auto same = [&](char a, char b) { return lower(a) == lower(b); };
    text = text.substr(0, mostSearched);
    return std::search(text.begin(), text.end(), words.begin(), words.end(), same) != text.end();
}

} // namespace

bool toolSpoke(const Conversation& conversation, const Thread& thread, std::size_t after, std::size_t before)
{
    for (std::size_t i = after + 1; i < before; ++i) {
        if (conversation.at(thread, i).kind == PartKind::ToolResult)
            return true;
    }
    return false;
}

bool anyHas(const Conversation& conversation, const Thread& thread, std::size_t first, std::size_t end,
            std::string_view words, bool usersOnly)
{
    for (std::size_t i = first; i < end; ++i) {
        const Turn& turn = conversation.at(thread, i);
        if ((!usersOnly || turn.isUsers()) && hasWords(turn.text, words))
            return true;
    }
    return false;
}

} // namespace arcscope
