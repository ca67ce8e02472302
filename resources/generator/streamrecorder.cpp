#include "streamrecorder.h"

#include "sampleids.h"

namespace arcscope::samples
{

namespace
{

constexpr const char* prefix = "gen_ai.stream.";

/// Words with the blank before them, as tokenizers cut.
std::vector<std::string> piecesOf(const std::string& text)
{
    std::vector<std::string> pieces;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = text.find(' ', start + 1);
        end = end == std::string::npos ? text.size() : end;
        pieces.push_back(text.substr(start, end - start));
        start = end;
    }
    return pieces;
}

} // namespace

StreamRecorder::StreamRecorder(OtlpSpan& span, std::string label, PlantedFacts* facts)
    : m_span(span)
    , m_label(std::move(label))
    , m_facts(facts)
    , m_now(span.start + 35 * ms)
{
    put(event("start"));
    m_now += between(m_label + " first", 310, 480) * ms;
}

OtlpEvent StreamRecorder::event(const std::string& name)
{
    OtlpEvent event;
    event.time = m_now;
    event.name = prefix + name;
    event.attributes.add("gen_ai.stream.id", "stream-" + spanIdOf(m_label));
    event.attributes.add("gen_ai.stream.sequence", m_sequence++);
    event.attributes.add("gen_ai.stream.time.monotonic_ns", 8'000'000'000 + (m_now - m_span.start));
    event.attributes.add("gen_ai.stream.attempt", 1);
    event.attributes.add("gen_ai.stream.branch.id", "0");
    event.attributes.add("gen_ai.stream.block.index", m_block);
    event.attributes.add("gen_ai.stream.block.type", m_blockType);
    event.attributes.add("gen_ai.stream.offset.unit", "utf8_bytes");
    return event;
}

void StreamRecorder::chunk(const std::string& piece, const char* kind)
{
    std::size_t& length = m_argumentBytes;
    const std::size_t start = m_block == 0 ? m_shown.size() : length;
    OtlpEvent next = event("chunk");
    next.attributes.add("gen_ai.stream.chunk.kind", kind);
    next.attributes.add("gen_ai.stream.chunk.content", piece);
    next.attributes.add("gen_ai.stream.chunk.tokens", tokensOf(piece));
    next.attributes.add("gen_ai.stream.offset.start", start);
    next.attributes.add("gen_ai.stream.offset.end", start + piece.size());
    put(std::move(next));
    if (m_block == 0)
        m_shown += piece;
    else
        length += piece.size();
    m_now += between(m_label + std::to_string(m_sequence), 18, 55) * ms;
}

void StreamRecorder::text(const std::string& words)
{
    for (const std::string& piece : piecesOf(words))
        chunk(piece, "content");
}

void StreamRecorder::draft(const std::string& words, std::size_t kept, Time verifiedAfter)
{
    const std::string id = "d" + std::to_string(++m_drafts);
    const std::size_t start = m_shown.size();
    const Time shownAt = m_now;
    const auto drafted = static_cast<std::int64_t>(piecesOf(words).size());
    const auto accepted = static_cast<std::int64_t>(piecesOf(words.substr(0, kept)).size());
    OtlpEvent shown = event("draft");
    shown.attributes.add("gen_ai.stream.draft.id", id);
    shown.attributes.add("gen_ai.stream.draft.source", "draft_model");
    shown.attributes.add("gen_ai.stream.draft.tokens", drafted);
    shown.attributes.add("gen_ai.stream.chunk.content", words);
    shown.attributes.add("gen_ai.stream.offset.start", start);
    shown.attributes.add("gen_ai.stream.offset.end", start + words.size());
    put(std::move(shown));
    m_shown += words;
    m_now += verifiedAfter;
    OtlpEvent verified = event("accept");
    verified.attributes.add("gen_ai.stream.draft.id", id);
    verified.attributes.add("gen_ai.stream.accepted_tokens", accepted);
    verified.attributes.add("gen_ai.stream.rejected_tokens", drafted - accepted);
    verified.attributes.add("gen_ai.stream.offset.end", start + kept);
    put(std::move(verified));
    if (kept < words.size())
        retract(start + kept, "speculation_rejected", "observed", shownAt);
    m_now += between(m_label + id, 12, 30) * ms;
}

void StreamRecorder::retract(std::size_t from, const std::string& reason, const std::string& evidence, Time shownSince)
{
    OtlpEvent taken = event("retract");
    taken.attributes.add("gen_ai.stream.retract.id", "r" + std::to_string(++m_retracts));
    taken.attributes.add("gen_ai.stream.retract.from", from);
    taken.attributes.add("gen_ai.stream.retract.to", m_shown.size());
    taken.attributes.add("gen_ai.stream.retract.reason", reason);
    taken.attributes.add("gen_ai.stream.retract.evidence", evidence);
    put(std::move(taken));
    if (m_facts)
        m_facts->add("retractions", {{"trace", m_span.traceId},
                                     {"span", m_span.spanId},
                                     {"from", from},
                                     {"to", m_shown.size()},
                                     {"reason", reason},
                                     {"shown_ns", m_now - shownSince},
                                     {"text", m_shown.substr(from)}});
    m_shown.resize(from);
}

void StreamRecorder::stall(Time length)
{
    if (m_facts)
        m_facts->add("stalls", {{"trace", m_span.traceId}, {"span", m_span.spanId}, {"at_least_ns", length}});
    m_now += length;
    OtlpEvent gap = event("stall");
    gap.attributes.add("gen_ai.stream.stall.duration", static_cast<double>(length / ms) / 1000.0);
    gap.attributes.add("gen_ai.stream.stall.threshold", 1.0);
    put(std::move(gap));
}

void StreamRecorder::ping()
{
    OtlpEvent alive = event("keepalive");
    alive.attributes.add("gen_ai.stream.keepalive.kind", "ping");
    put(std::move(alive));
}

void StreamRecorder::commit()
{
    OtlpEvent final = event("commit");
    final.attributes.add("gen_ai.stream.offset.end", m_shown.size());
    put(std::move(final));
}

void StreamRecorder::arguments(const std::string& json)
{
    m_block = 1;
    m_blockType = "tool_call";
    constexpr std::size_t pieceBytes = 9;
    for (std::size_t start = 0; start < json.size(); start += pieceBytes)
        chunk(json.substr(start, pieceBytes), "arguments");
}

void StreamRecorder::finish(const std::string& reason)
{
    OtlpEvent end = event("end");
    end.attributes.add("gen_ai.stream.finish_reasons", Json::array({reason}));
    end.attributes.add("gen_ai.stream.terminal_seen", true);
    put(std::move(end));
    m_span.end = m_now + 12 * ms;
}

} // namespace arcscope::samples
