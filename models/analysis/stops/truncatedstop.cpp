// What ended cleanly, as its word says, and is not whole.
#include "announceditems.h"
#include "jsonprefix.h"
#include "proselines.h"
#include "stopchecks.h"
#include "truncation.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

StopRuleId ruleOfSign(CutSign sign)
{
    switch (sign) {
    case CutSign::OpenFence:
        return StopRuleId::OpenCode;
    case CutSign::OpenJson:
        return StopRuleId::OpenJson;
    case CutSign::OpenBracket:
    case CutSign::OpenEmphasis:
    case CutSign::OpenQuote:
    case CutSign::OpenRow:
    case CutSign::EmptyListMarker:
        return StopRuleId::OpenStructure;
    default:
        return StopRuleId::MidSentence;
    }
}

/// Whether sentences of the text end with a full stop: a text without any is a label, a command, a list of names.
bool hasFullStops(std::string_view text)
{
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if ((text[i] == '.' || text[i] == '!' || text[i] == '?') && prose::isSpace(text[i + 1]) && i > 0 &&
            prose::isWordByte(text[i - 1]))
            return true;
    }
    return false;
}

/// One long sentence: titles and labels are shorter, or say nothing of somebody.
bool isStatement(std::string_view text)
{
    constexpr std::size_t fewestWords = 8;
    constexpr std::string_view told = "is are was were it i you we this that has have can will they its be";
    if (text.find('\n') != std::string_view::npos || prose::wordCount(text) < fewestWords)
        return false;
    std::string word;
    for (const char c : prose::lower(text) + ' ') {
        if (prose::isWordByte(c)) {
            word += c;
        } else if (!word.empty()) {
            if (prose::isListed(told, word))
                return true;
            word.clear();
        }
    }
    return false;
}

/// The request names strings that end the answer, wherever they come.
bool mayStopAnywhere(const StoppedCall& call)
{
    if (!call.content)
        return false;
    const auto& all = call.content->attributes;
    return std::any_of(all.begin(), all.end(), [](const Attribute& attribute) {
        const std::string_view key = attribute.key;
        const bool stops = key.ends_with("stop_sequences") || key.ends_with("stopSequences") ||
                           key.ends_with(".stop") || key.find("stop_sequences.") != std::string_view::npos;
        return stops && !attribute.value.empty() && attribute.value != "[]" && attribute.value != "null";
    });
}

} // namespace

std::optional<CutEnd> cutEnd(std::string_view text)
{
    const auto cues = truncationCues(text);
    if (cues.empty())
        return std::nullopt;
    // The clearest first: what is open tells more than a missing full stop.
    const auto best = std::min_element(cues.begin(), cues.end(), [](const TruncationCue& a, const TruncationCue& b) {
        return ruleOfSign(a.sign) < ruleOfSign(b.sign);
    });
    if (std::all_of(cues.begin(), cues.end(),
                    [](const TruncationCue& cue) { return cue.sign == CutSign::NoTerminator; }) &&
        !hasFullStops(text) && !isStatement(prose::trimmed(text)))
        return std::nullopt;
    return CutEnd{ruleOfSign(best->sign), best->byte, std::ssize(text)};
}

void checkTruncation(const StoppedCall& call, StopHits& into)
{
    const StopText* const last = call.lastText();
    if (!last || !call.endsCleanly() || mayStopAnywhere(call))
        return;
    if (const auto cut = cutEnd(last->text))
        into.push_back({cut->rule, last->place, cut->from, cut->to,
                        cut->rule == StopRuleId::MidSentence ? std::uint16_t(0) : bit(StopFlag::MidStructure)});
    if (const auto missing = missingItems(last->text))
        into.push_back({StopRuleId::MissingItems, last->place, missing->from, missing->to, 0});
    if (!call.around.tools || call.around.toolRan)
        return;
    if (const auto promise = promisedAct(last->text))
        into.push_back({StopRuleId::PromisedAction, last->place, promise->from, promise->to, 0});
}

} // namespace arcscope
