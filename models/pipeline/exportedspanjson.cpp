#include "exportedspanjson.h"

#include "exportedspan.h"
#include "jsonrewrite.h"
#include "otlpvalue.h"

namespace arcscope
{
namespace
{

class ExactJson
{
public:
    explicit ExactJson(const ExportedSpanFacts& facts)
        : m_facts(facts)
        , m_corpus(facts.corpus)
        , m_spans(facts.corpus.spans)
        , m_row(facts.row)
    {
    }

    std::string make() const
    {
        std::string json = "{";
        const auto text = [&](std::string_view key, std::string_view value) {
            if (!value.empty())
                member(json, (json.size() > 1 ? ",\"" : "\"") + std::string(key) + "\":", value);
        };
        const auto raw = [&](std::string_view key, std::string_view value) {
            json.append(json.size() > 1 ? ",\"" : "\"").append(key).append("\":").append(value);
        };
        const auto number = [&](std::string_view key, std::int64_t value, std::int64_t none) {
            if (value != none)
                raw(key, std::to_string(value));
        };
        text("trace", m_corpus.idText(traceIdOf(m_corpus, m_row)));
        text("span", m_corpus.idText(m_spans.spanId(m_row)));
        text("parent", m_corpus.idText(m_spans.parentId(m_row)));
        text("kind", name(m_spans.kind(m_row)));
        text("status", name(m_spans.status(m_row)));
        constexpr std::uint32_t recorded = bit(SpanFlag::Synthetic) | bit(SpanFlag::NotExecuted);
        number("flags", m_spans.at(SpanColumn::Flags, m_row) & recorded, 0);
        raw("facts", facts());
        raw("usage", counts());
        text("dialect", name(static_cast<UsageDialect>(m_spans.at(SpanColumn::UsageDialect, m_row))));
        number("cost", m_spans.at(SpanColumn::Cost, m_row), -1);
        number("messages", m_spans.at(SpanColumn::Messages, m_row), -1);
        number("calls", m_spans.at(SpanColumn::CallsAsked, m_row), -1);
        number("first_token", m_spans.at(SpanColumn::FirstToken, m_row), -1);
        if (const auto response = static_cast<std::uint64_t>(m_spans.at(SpanColumn::ResponseHash, m_row))) {
            std::string hex;
            for (int shift = 60; shift >= 0; shift -= 4)
                hex += "0123456789abcdef"[response >> shift & 15];
            text("response", hex);
        }
        raw("texts", spanTexts());
        text("recorded_as", m_corpus.text(SpanText::Format, m_row));
        if (m_facts.content.toolFailed)
            raw("failed", "true");
        raw("raw_usage", rawUsage());
        if (!m_facts.content.input.empty() && !m_facts.inputSaid)
            raw("input", exactMessages(m_facts.content.input));
        if (!m_facts.content.output.empty() && !m_facts.outputSaid)
            raw("output", exactMessages(m_facts.content.output));
        std::string texts = "[";
        for (const Attribute& attribute : m_facts.content.attributes) {
            if (attribute.type == AttributeType::Json && otlpValue(attribute).starts_with("{\"stringValue\""))
                member(texts, texts.size() > 1 ? "," : "", attribute.key);
        }
        if (texts.size() > 1)
            raw("json_texts", texts + "]");
        if (!m_facts.content.links.empty()) {
            std::string links = "[";
            for (const SpanLink& link : m_facts.content.links) {
                member(links, links.size() > 1 ? ",[" : "[", link.trace);
                member(links, ",", link.span);
                links += ']';
            }
            raw("links", links + "]");
        }
        if (!m_facts.content.notes.empty()) {
            std::string notes = "[";
            for (const std::string& note : m_facts.content.notes)
                member(notes, notes.size() > 1 ? "," : "", note);
            raw("notes", notes + "]");
        }
        if (m_facts.stream.count > 0)
            raw("stream", stream());
        return json + "}";
    }

private:
    static void member(std::string& json, std::string_view before, std::string_view text)
    {
        json += before;
        appendJsonString(text, json);
    }

    std::string facts() const
    {
        std::string json = "{";
        for (std::size_t i = 0; i < factNames().size(); ++i) {
            const Provenance provenance = m_spans.provenance(m_row).of(static_cast<Fact>(i));
            if (provenance != Provenance::NotRecorded)
                member(json, (json.size() > 1 ? ",\"" : "\"") + std::string(factNames()[i]) + "\":", name(provenance));
        }
        return json + "}";
    }

    std::string counts() const
    {
        std::string json = "{";
        const Usage all = m_spans.usage(m_row);
        for (int i = 0; i < usageClassCount; ++i) {
            const auto usageClass = static_cast<UsageClass>(i);
            if (all[usageClass] != noTokens)
                json.append(json.size() > 1 ? ",\"" : "\"")
                    .append(name(usageClass))
                    .append("\":")
                    .append(std::to_string(all[usageClass]));
        }
        return json + "}";
    }

    std::string rawUsage() const
    {
        std::string json = "{";
        for (std::size_t i = 0; i < rawUsageNames().size(); ++i) {
            const std::int64_t count = m_facts.content.usage.*rawUsageMembers[i];
            if (count != noTokens)
                json.append(json.size() > 1 ? ",\"" : "\"")
                    .append(rawUsageNames()[i])
                    .append("\":")
                    .append(std::to_string(count));
        }
        return json + "}";
    }

    std::string spanTexts() const
    {
        std::string json = "{";
        for (int i = 0; i < spanTextCount; ++i) {
            const auto what = static_cast<SpanText>(i);
            const std::string_view text = m_corpus.text(what, m_row);
            if (what != SpanText::Format && what != SpanText::Resource && !text.empty())
                member(json, (json.size() > 1 ? ",\"" : "\"") + std::string(name(what)) + "\":", text);
        }
        return json + "}";
    }

    static std::string exactMessages(const std::vector<Message>& all)
    {
        std::string json = "[";
        for (const Message& message : all) {
            json.append(json.size() > 1 ? "," : "").append("{\"role\":");
            json += std::to_string(static_cast<int>(message.role));
            member(json, ",\"role_text\":", message.roleText);
            member(json, ",\"name\":", message.name);
            member(json, ",\"stop\":", message.stopReason);
            json += ",\"parts\":[";
            for (const Part& part : message.parts) {
                json.append(json.back() == '[' ? "" : ",").append("{\"kind\":");
                json += std::to_string(static_cast<int>(part.kind));
                member(json, ",\"text\":", part.text);
                member(json, ",\"name\":", part.name);
                member(json, ",\"id\":", part.id);
                member(json, ",\"media\":", part.media);
                json += part.failed ? ",\"failed\":true}" : "}";
            }
            json += "]}";
        }
        return json + "]";
    }

    std::string stream() const
    {
        std::string json = "[";
        StreamReader reader(m_facts.stream);
        for (StreamEvent event; reader.next(event);) {
            member(json, json.size() > 1 ? ",{\"kind\":" : "{\"kind\":", name(event.kind));
            if (event.block != BlockType::Text)
                member(json, ",\"block\":", name(event.block));
            const auto number = [&](std::string_view key, std::int64_t value, std::int64_t none) {
                if (value != none)
                    json.append(key).append(std::to_string(value));
            };
            number(",\"index\":", event.blockIndex, 0);
            number(",\"choice\":", event.choice, 0);
            number(",\"time\":", event.time, noTime);
            number(",\"from\":", event.from, -1);
            number(",\"to\":", event.to, -1);
            if (!event.text.empty())
                member(json, ",\"text\":", event.text);
            if (!event.detail.empty())
                member(json, ",\"detail\":", event.detail);
            json += '}';
        }
        return json + "]";
    }

    const ExportedSpanFacts& m_facts;
    const Corpus& m_corpus;
    const SpanTable& m_spans;
    Row m_row;
};

} // namespace

Id traceIdOf(const Corpus& corpus, Row row)
{
    const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
    const TraceTable& traces = corpus.traces;
    return {static_cast<std::uint64_t>(traces.at(TraceColumn::IdHigh, trace)),
            static_cast<std::uint64_t>(traces.at(TraceColumn::IdLow, trace)),
            static_cast<IdForm>(traces.at(TraceColumn::IdForm, trace))};
}

std::string exportedSpanJson(const ExportedSpanFacts& facts)
{
    return ExactJson(facts).make();
}

} // namespace arcscope
