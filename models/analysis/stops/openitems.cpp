#include "openitems.h"

#include "jsonread.h"
#include "proselines.h"
#include "sentences.h"

#include <algorithm>
#include <array>
#include <vector>

namespace arcscope
{
namespace
{

std::string letters(std::string_view word)
{
    std::string kept;
    for (const char c : prose::lower(word)) {
        if (c >= 'a' && c <= 'z')
            kept += c;
    }
    return kept;
}

enum class ItemState { Open, UnderWay, Done, Unknown };

ItemState stateOf(const std::string& word)
{
    const std::string state = letters(word);
    if (prose::isListed("pending todo open notstarted planned", state))
        return ItemState::Open;
    if (prose::isListed("inprogress active doing started", state))
        return ItemState::UnderWay;
    return prose::isListed("completed complete done finished cancelled canceled skipped removed deleted", state)
               ? ItemState::Done
               : ItemState::Unknown;
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    for (const char c : prose::lower(text) + ' ') {
        if (prose::isWordByte(c) || c == '\'') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

/// "all tasks are complete", "everything is done", "completed all steps"
bool saysAllDone(const std::vector<std::string>& words)
{
    constexpr std::string_view excepting =
        "not no never none cannot can't couldn't isn't aren't hasn't haven't doesn't don't won't except but although "
        "though remaining remain remains left pending partially almost nearly if once when whenever until unless after "
        "before will would should could can may might shall must please let's";
    constexpr std::string_view things =
        "tasks task todos todo items item steps step work phases changes goals subtasks requirements requested planned "
        "of the these my our three four five six seven eight nine ten";
    constexpr std::string_view done = "done complete completed finished implemented";
    const std::size_t size = words.size();
    if (std::ranges::any_of(words, [&](const std::string& word) { return prose::isListed(excepting, word); }))
        return false;
    for (std::size_t i = 0; i < size; ++i) {
        const bool everything = words[i] == "everything";
        if (!everything && words[i] != "all")
            continue;
        std::size_t at = i + 1;
        bool named = everything;
        for (; at < size && !everything && prose::isListed(things, words[at]); ++at)
            named = named || !prose::isListed("of the these my our", words[at]);
        const bool before = i > 0 && prose::isListed("completed finished implemented done", words[i - 1]);
        if (before && named)
            return true;
        while (at < size && prose::isListed("is are has have been now were was successfully fully", words[at]))
            ++at;
        if (at < size && prose::isListed(done, words[at]) && (named || at == i + 1))
            return true;
    }
    return false;
}

} // namespace

bool isItemTool(std::string_view tool)
{
    return prose::isListed("todowrite writetodos updateplan updatetodos settodos todo updatetodolist", letters(tool));
}

std::optional<OpenItems> itemsIn(std::string_view arguments)
{
    JsonStory story;
    story.feed(arguments);
    if (story.finish() != JsonState::Complete)
        return std::nullopt;
    JsonReading reading(story);
    JsonIndex list = -1;
    for (const std::string_view name : {"todos", "plan", "items", "tasks"})
        list = list >= 0 ? list : reading.member(0, name);
    if (list < 0 || reading.kind(list) != JsonKind::Array || story.firstChild(list) < 0)
        return std::nullopt;
    OpenItems items;
    for (JsonIndex i = story.firstChild(list); i >= 0; i = story.nextSibling(i)) {
        const JsonIndex status = reading.member(i, "status");
        const ItemState state = status < 0 ? ItemState::Unknown : stateOf(reading.text(status));
        if (state == ItemState::Unknown)
            return std::nullopt;
        ++items.all;
        if (state != ItemState::Open)
            continue;
        ++items.open;
        for (const std::string_view name : {"content", "step", "description", "title", "text"}) {
            const JsonIndex words = reading.member(i, name);
            if (items.first.empty() && words >= 0)
                items.first = reading.text(words);
        }
    }
    return items;
}

std::optional<DoneClaim> claimOfAllDone(std::string_view text)
{
    for (const Sentence& sentence : sentencesOf(text)) {
        const auto said =
            text.substr(static_cast<std::size_t>(sentence.from), static_cast<std::size_t>(sentence.to - sentence.from));
        if (!said.ends_with('?') && saysAllDone(wordsOf(said)))
            return DoneClaim{sentence.from, sentence.to};
    }
    return std::nullopt;
}

} // namespace arcscope
