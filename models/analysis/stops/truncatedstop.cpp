// What ended cleanly, as its word says, and is not whole.
#include "announceditems.h"
#include "lexicon.h"
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

/// That nothing but the full stop is missing tells of a cut only in the middle of a sentence of some length. People
/// leave it out behind names, labels, items, formulas and remarks.
bool isOpenSentence(std::string_view text)
{
    constexpr std::size_t fewestWords = 5;
    const std::string_view bare = prose::trimmed(text);
    std::string_view line = bare.substr(bare.rfind('\n') + 1);
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    line.remove_prefix(indent);
    // Verses and lists of lines do without.
    const std::string_view above = bare.substr(0, bare.size() - line.size() - indent);
    const bool lines = above.size() > 1 && above.back() == '\n' && prose::isWordByte(above[above.size() - 2]);
    if (line.empty() || lines || prose::markerSize(line) > 0 || (!hasFullStops(bare) && !isStatement(bare)))
        return false;
    for (std::size_t at = line.size() - 1; at-- > 0;) {
        const bool ends = line[at] == '.' || line[at] == '!' || line[at] == '?' || line[at] == ':' || line[at] == '"';
        if (ends && prose::isSpace(line[at + 1])) {
            line.remove_prefix(at + 2);
            break;
        }
    }
    const std::string_view word = line.substr(line.find_last_of(" \t") + 1);
    return prose::wordCount(line) >= fewestWords &&
           std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '\''; });
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

/// A full stop is missing, or a word that begins like an earlier one stands for itself: "C", "test" behind "tests".
bool isWeak(const TruncationCue& cue, std::string_view text)
{
    if (cue.sign == CutSign::NoTerminator)
        return true;
    if (cue.sign != CutSign::CutWord)
        return false;
    const std::string word = prose::lower(prose::trimmed(text.substr(static_cast<std::size_t>(cue.byte))));
    return word.size() < 3 || lexicon().find(lexicon().baseForm(word)).has_value();
}

/// Three short lines that begin with a capital and are no items: verses, whose last line needs no full stop.
bool isVerse(std::string_view text)
{
    constexpr std::size_t longest = 80; ///< bytes
    constexpr std::size_t lines = 3;
    std::string_view rest = prose::trimmed(text);
    for (std::size_t i = 0; i < lines; ++i) {
        const std::size_t at = rest.rfind('\n');
        const std::string_view line = prose::trimmed(rest.substr(at == std::string_view::npos ? 0 : at + 1));
        const bool capital = !line.empty() && line.front() >= 'A' && line.front() <= 'Z';
        if (!capital || line.size() > longest || prose::markerSize(line) > 0 ||
            (i + 1 < lines && at == std::string_view::npos))
            return false;
        rest = rest.substr(0, std::min(at, rest.size()));
    }
    return true;
}

/// Signs that an ending of another kind explains.
bool isExplained(const TruncationCue& cue, std::string_view text, bool verse)
{
    constexpr std::string_view neverLast =
        "a an the and or but of my your our their his its than if because nor per every whose although";
    if (cue.sign == CutSign::OpenQuote) // who left out the closing sign ended the sentence all the same
        return prose::isTerminator(prose::lastCharacter(prose::withoutClosers(prose::trimmed(text))));
    if (!verse)
        return false;
    if (cue.sign == CutSign::NoTerminator || cue.sign == CutSign::CutWord)
        return true;
    return cue.sign == CutSign::DanglingWord &&
           !prose::isListed(neverLast, prose::lower(prose::trimmed(text.substr(static_cast<std::size_t>(cue.byte)))));
}

} // namespace

std::optional<CutEnd> cutEnd(std::string_view text)
{
    auto cues = truncationCues(text);
    const bool verse = !cues.empty() && isVerse(text);
    const auto explained = [&](const TruncationCue& cue) { return isExplained(cue, text, verse); };
    const bool noWordIsCut = std::none_of(cues.begin(), cues.end(), [&](const TruncationCue& cue) {
        return cue.sign == CutSign::DanglingWord && !explained(cue);
    });
    if (noWordIsCut)
        std::erase_if(cues, explained);
    if (cues.empty())
        return std::nullopt;
    // The clearest first: what is open tells more than a missing full stop.
    const auto best = std::min_element(cues.begin(), cues.end(), [](const TruncationCue& a, const TruncationCue& b) {
        return ruleOfSign(a.sign) < ruleOfSign(b.sign);
    });
    if (std::all_of(cues.begin(), cues.end(), [&](const TruncationCue& cue) { return isWeak(cue, text); }) &&
        !isOpenSentence(text))
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
    if (!call.around.tools || call.around.toolRan || call.around.askedNext)
        return;
    if (const auto promise = promisedAct(last->text))
        into.push_back({StopRuleId::PromisedAction, last->place, promise->from, promise->to, 0});
}

} // namespace arcscope
