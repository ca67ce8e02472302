#include "streamfindings.h"

#include "saiddifference.h"
#include "stalls.h"
#include "streamdetail.h"
#include "truncation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t longestQuote = 400;

/// Fields that decide, and fields that say why; lower case.
constexpr std::array<std::string_view, 14> decidingKeys{"decision", "verdict", "approved", "answer",    "result",
                                                        "action",   "label",   "category", "allowed",   "status",
                                                        "score",    "success", "intent",   "confidence"};
constexpr std::array<std::string_view, 12> explainingKeys{"reason",   "reasoning", "explanation", "rationale",
                                                          "analysis", "thoughts",  "thought",     "summary",
                                                          "comment",  "details",   "notes",       "justification"};
/// An explanation shorter than this keeps nobody waiting.
constexpr std::int64_t longExplanation = 200;

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

template <std::size_t size>
bool isOneOf(std::string_view key, const std::array<std::string_view, size>& keys)
{
    return std::find(keys.begin(), keys.end(), lowered(key)) != keys.end();
}

/// Whether a tool could have run with these arguments.
bool isWhole(std::string_view arguments)
{
    JsonPrefix prefix;
    prefix.feed(arguments);
    return prefix.finish() == JsonState::Complete;
}

/// Cut between characters.
std::string cut(std::string text)
{
    if (text.size() <= longestQuote)
        return text;
    std::size_t end = longestQuote;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    text.resize(end);
    return text + "\xE2\x80\xA6";
}

/// A stall of a minute is as clear as any; shorter ones are less sure to have cost anything.
double strengthOf(Nanos stall)
{
    constexpr double clear = 60; // seconds
    const double seconds = static_cast<double>(stall) / static_cast<double>(second);
    return 0.5 + 0.5 * std::min(1.0, std::log2(1 + seconds) / std::log2(1 + clear));
}

class Finder
{
public:
    Finder(const StreamModel& model, const StreamMoments& moments)
        : m_model(model)
        , m_moments(moments)
    {
    }

    void retractions()
    {
        for (const Retraction& gone : m_model.retractions()) {
            const TextBlock& block = m_model.blocks()[gone.block];
            StreamFinding finding;
            finding.rule = StreamRule::RetractAfterRender;
            finding.evidence = gone.evidence;
            finding.event = gone.event;
            finding.block = gone.block;
            finding.begin = gone.begin;
            finding.end = gone.end;
            finding.exposure = gone.exposure;
            finding.before = cut(takenBack(block, gone));
            finding.instead = cut(cameInstead(block, gone));
            const bool noticed = gone.exposure == noTime || gone.exposure >= noticedExposure;
            finding.weight = noticed && !gone.drafts ? FindingWeight::Warning : FindingWeight::Note;
            const std::string shown = gone.exposure == noTime ? "for a time that is not recorded"
                                                              : std::string("for ") + durationText(gone.exposure);
            const std::string reason = reasonText(gone);
            finding.cause = reason;
            finding.what =
                std::to_string(gone.bytes) + " bytes were taken back (" + reason + ") that had been shown " + shown;
            // Arguments are read by tools, which do nothing before they are whole.
            const bool call = block.type == BlockType::ToolCall;
            if (!call)
                m_found.push_back(finding);
            if (block.type == BlockType::Audio || (call && isWhole(block.textAt(gone.event - 1)))) {
                finding.rule = StreamRule::RetractIrreversible;
                finding.weight = FindingWeight::Severe;
                finding.what = call ? "whole arguments of a tool call were taken back: whoever acted on them cannot"
                                    : "speech was taken back that may have been heard";
                m_found.push_back(finding);
            }
            // What was cut off and comes again with its end says the same.
            const bool goesOn = finding.instead.starts_with(finding.before);
            const std::string differs = goesOn ? std::string() : saidDifference(finding.before, finding.instead);
            if (!finding.instead.empty() && !differs.empty()) {
                finding.rule = StreamRule::RetractSemantic;
                finding.weight = noticed ? FindingWeight::Severe : FindingWeight::Warning;
                finding.evidence = StreamEvidence::Inferred;
                finding.what = "what replaced it says something else in " + differs;
                finding.cause.clear();
                finding.from = gone.firstShown;
                finding.to = replacedAt(block, gone);
                m_found.push_back(std::move(finding));
            }
        }
    }

    void stretches(const std::vector<StreamStretch>& all)
    {
        for (const StreamStretch& stretch : all) {
            StreamFinding finding;
            const bool stall = stretch.kind == StreamStretch::Kind::Stall;
            finding.rule = stall ? StreamRule::Stall : StreamRule::Loop;
            finding.evidence = stall ? StreamEvidence::Observed : StreamEvidence::Inferred;
            finding.event = stall ? stretch.lastEvent : stretch.firstEvent;
            finding.block = stretch.block;
            finding.what = stretch.what;
            if (stall) {
                finding.cause = stretch.what.substr(stretch.what.find(", ") + 2); // where it was
                // There is no chunk to compare it with, and models that think say nothing for long.
                if (finding.cause == name(StallPlace::BeforeFirst))
                    finding.weight = FindingWeight::Note;
                finding.strength = strengthOf(stretch.range.end - stretch.range.start);
            }
            m_found.push_back(std::move(finding));
        }
    }

    void documents(const std::vector<StreamJson>& all)
    {
        for (const StreamJson& json : all) {
            const JsonPrefix& prefix = json.story.prefix();
            const bool call = m_model.blocks()[json.block].type == BlockType::ToolCall;
            if (prefix.fault())
                add(StreamRule::JsonInvalid, call ? FindingWeight::Severe : FindingWeight::Warning, json,
                    prefix.fault()->byte,
                    "no JSON document from byte " + std::to_string(prefix.fault()->byte) + " on: expected " +
                        prefix.fault()->expected);
            else if (prefix.state() == JsonState::Prefix && prefix.bytes() > 0)
                add(StreamRule::JsonTruncated, FindingWeight::Warning, json, prefix.bytes() - 1,
                    "the document ends before it is complete: " + prefix.expected() + " is missing");
            for (const JsonWarning& warning : prefix.warnings()) {
                if (warning.what == JsonWarning::What::DuplicateKey)
                    add(StreamRule::JsonDuplicateKey, FindingWeight::Warning, json, warning.byte,
                        "a key comes a second time in one object");
            }
            lateKeys(json);
        }
    }

    void ending()
    {
        // A source that has no events for the beginning of a stream has none for its end: the end of the span counts.
        bool ended = m_moments.hasTerminal;
        bool begun = false;
        std::uint32_t lastContent = noEvent;
        for (std::uint32_t i = 0; i < m_model.events().size(); ++i) {
            const StreamEventKind kind = m_model.events()[i].kind;
            begun = begun || kind == StreamEventKind::Start;
            ended = ended || kind == StreamEventKind::Stop || kind == StreamEventKind::Error;
            if (kind == StreamEventKind::Chunk || kind == StreamEventKind::Draft)
                lastContent = i;
        }
        if (ended || lastContent == noEvent || (m_moments.endRecorded && !begun))
            return;
        StreamFinding finding;
        finding.rule = StreamRule::NoTerminal;
        finding.event = lastContent;
        finding.cause = "no end";
        finding.what = "it breaks off: no stop word, no error and no terminal event is recorded";
        m_found.push_back(finding);
        const std::uint32_t at = m_model.blockOf(lastContent);
        const TextBlock& block = m_model.blocks()[at];
        if (block.type != BlockType::Text)
            return;
        const std::string text = block.textAt(lastContent);
        for (const TruncationCue& cue : truncationCues(text)) {
            finding.rule = StreamRule::CutOff;
            finding.evidence = StreamEvidence::Inferred;
            finding.block = at;
            finding.what = "the text looks cut off: " + std::string(name(cue.sign));
            finding.cause.clear();
            m_found.push_back(finding);
            break;
        }
    }

    std::vector<StreamFinding> take()
    {
        std::stable_sort(m_found.begin(), m_found.end(),
                         [](const StreamFinding& a, const StreamFinding& b) { return a.event < b.event; });
        return std::move(m_found);
    }

private:
    static std::string takenBack(const TextBlock& block, const Retraction& gone)
    {
        std::string text;
        for (const TextPiece& piece : block.pieces) {
            if (piece.withdrawn == gone.event && text.size() <= longestQuote)
                text += block.textOf(piece);
        }
        return text;
    }

    /// As much of what came behind the retraction as was taken back, and stayed.
    static std::string cameInstead(const TextBlock& block, const Retraction& gone)
    {
        std::string text;
        for (const TextPiece& piece : block.pieces) {
            const bool after = piece.shown >= gone.event && piece.withdrawn == noEvent;
            if (after && text.size() < std::min<std::uint64_t>(gone.bytes + 20, longestQuote))
                text += block.textOf(piece);
        }
        return text;
    }

    /// In words; where it is none of ours, in the source's own.
    std::string reasonText(const Retraction& gone) const
    {
        std::string_view word = name(gone.reason);
        const std::string_view detail = m_model.events()[gone.event].detail;
        for (const std::string_view key : {"retract.reason", "reason"}) {
            const std::string_view own = detailValue(detail, key);
            if (gone.reason == RetractReason::Other && !own.empty())
                word = own;
        }
        std::string text(word);
        std::replace(text.begin(), text.end(), '_', ' ');
        return text;
    }

    static std::uint32_t replacedAt(const TextBlock& block, const Retraction& gone)
    {
        for (const TextPiece& piece : block.pieces) {
            if (piece.shown >= gone.event && piece.withdrawn == noEvent)
                return piece.shown;
        }
        return noEvent;
    }

    void add(StreamRule rule, FindingWeight weight, const StreamJson& json, std::int64_t byte, std::string what)
    {
        StreamFinding finding;
        finding.rule = rule;
        finding.weight = weight;
        finding.event = json.eventOf(byte);
        finding.block = json.block;
        finding.what = std::move(what);
        finding.cause = documentCause(m_model, json);
        m_found.push_back(std::move(finding));
    }

    void lateKeys(const StreamJson& json)
    {
        const std::vector<JsonNode>& nodes = json.story.nodes();
        for (JsonIndex i = 0; i < json.story.size(); ++i) {
            const JsonNode& field = nodes[static_cast<std::size_t>(i)];
            const bool decides = field.keyAt >= 0 && isOneOf(field.key, decidingKeys) &&
                                 field.kind != JsonKind::Object && field.kind != JsonKind::Array;
            if (!decides)
                continue;
            for (JsonIndex sibling = json.story.firstChild(field.parent); sibling >= 0 && sibling < i;
                 sibling = json.story.nextSibling(sibling)) {
                const JsonNode& other = json.story.node(sibling);
                if (other.kind != JsonKind::String || !isOneOf(other.key, explainingKeys) ||
                    other.end - other.opened < longExplanation)
                    continue;
                add(StreamRule::JsonLateKeyField, FindingWeight::Note, json, field.opened,
                    "\"" + field.key + "\" decides and comes behind " + std::to_string(other.end - other.opened) +
                        " bytes of \"" + other.key + "\"");
                m_found.back().evidence = StreamEvidence::Inferred;
                break;
            }
        }
    }

    const StreamModel& m_model;
    const StreamMoments& m_moments;
    std::vector<StreamFinding> m_found;
};

} // namespace

std::string_view name(StreamRule rule)
{
    constexpr std::array<std::string_view, 14> names{
        "retract.after_render", "retract.semantic",   "retract.irreversible_surface",
        "json.invalid",         "json.truncated",     "json.duplicate_key",
        "json.schema",          "json.premature_use", "json.late_key_field",
        "stream.stall",         "stream.loop",        "stream.no_terminal",
        "stream.cut_off",       "claim.flip"};
    return names[static_cast<std::size_t>(rule)];
}

std::string documentCause(const StreamModel& model, const StreamJson& json)
{
    const TextBlock& block = model.blocks()[json.block];
    return block.type == BlockType::ToolCall && !block.name.empty() ? block.name : "answer";
}

std::string_view name(CommitPattern pattern)
{
    constexpr std::array<std::string_view, 4> names{"none", "explicit commit", "split channels", "decision last"};
    return names[static_cast<std::size_t>(pattern)];
}

std::vector<StreamFinding> findingsOf(const StreamModel& model, const StreamMoments& moments,
                                      const std::vector<StreamStretch>& stretches, const std::vector<StreamJson>& json)
{
    Finder finder(model, moments);
    finder.retractions();
    finder.stretches(stretches);
    finder.documents(json);
    finder.ending();
    return finder.take();
}

CommitPattern commitPatternOf(const StreamModel& model, const std::vector<StreamJson>& json)
{
    if (!model.commits().empty())
        return CommitPattern::Explicit;
    bool reasoning = false;
    bool answer = false;
    for (const TextBlock& block : model.blocks()) {
        reasoning = reasoning || (block.type == BlockType::Reasoning && !block.text.empty());
        answer = answer || (block.type == BlockType::Text && !block.text.empty());
    }
    for (const StreamJson& document : json) {
        if (model.blocks()[document.block].type == BlockType::ToolCall || document.story.size() < 2)
            continue;
        JsonIndex last = -1;
        for (JsonIndex field = document.story.firstChild(0); field >= 0; field = document.story.nextSibling(field))
            last = field;
        if (last >= 0 && isOneOf(document.story.node(last).key, decidingKeys))
            return CommitPattern::DecisionLast;
    }
    return reasoning && answer ? CommitPattern::SplitChannels : CommitPattern::None;
}

} // namespace arcscope
