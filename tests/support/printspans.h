// A sink that keeps what a reader gives it, and prints it as a table that a test compares with a file.
#pragma once

#include "spanrecord.h"
#include "stringtable.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace arcscope::testing
{

struct RecordedSpan {
    SpanRecord span;
    std::string record;
};

class RecordingSink final : public SpanSink
{
public:
    StringId intern(std::string_view text) override { return m_pool.intern(text); }
    Row add(const SpanRecord& span, std::string_view record) override
    {
        spans.push_back({span, std::string(record)});
        return static_cast<Row>(spans.size() - 1);
    }
    void addStream(Row span, PackedStream stream) override { streams.emplace_back(span, std::move(stream)); }
    void report(ImportIssue issue) override { issues.push_back(std::move(issue)); }

    std::string text(StringId id)
    {
        if (auto segment = m_pool.takeNew())
            m_table.append(std::move(segment));
        return std::string(m_table[id]);
    }
    std::string text(const SpanRecord& span, SpanText what) { return text(span[what]); }

    std::vector<RecordedSpan> spans;
    std::vector<std::pair<Row, PackedStream>> streams;
    std::vector<ImportIssue> issues;

private:
    StringPool m_pool;
    StringTable m_table;
};

inline std::string lengthText(Nanos start, Nanos end)
{
    Nanos length = 0;
    return __builtin_sub_overflow(end, start, &length) ? "more than can be counted" : std::to_string(length);
}

/// Every recorded fact of every span, one fact a line (facts that are not recorded are left out), then streams and
/// issues.
inline std::string printSpans(RecordingSink& sink)
{
    std::string out;
    const auto line = [&out](std::string_view key, const std::string& value) {
        out += "  ";
        out += key;
        out += ": ";
        out += value;
        out += '\n';
    };
    for (const auto& [span, record] : sink.spans) {
        const auto id = [&](const Id& value) {
            return value.form == IdForm::Text ? sink.text(StringId{static_cast<std::uint32_t>(value.low)})
                                              : idText(value);
        };
        out += "span " + id(span.span) + '\n';
        if (span.trace)
            line("trace", id(span.trace));
        if (span.parent)
            line("parent", id(span.parent));
        line("kind", std::string(name(span.kind)));
        if (span.status != SpanStatus::Unset)
            line("status", std::string(name(span.status)));
        if (span.start != noTime)
            line("start", isoText(span.start));
        if (span.start != noTime && span.end != noTime)
            line("length", lengthText(span.start, span.end));
        if (span.firstToken != notRecorded)
            line("first_token", std::to_string(span.firstToken));
        for (int i = 0; i < spanTextCount; ++i) {
            const auto what = static_cast<SpanText>(i);
            if (what != SpanText::Resource && what != SpanText::Format && span[what])
                line(name(what), sink.text(span[what]));
        }
        std::string usage;
        for (int i = 0; i < usageClassCount; ++i) {
            const auto what = static_cast<UsageClass>(i);
            if (span.usage[what] != noTokens)
                usage += (usage.empty() ? "" : " ") + std::string(name(what)) + '=' + std::to_string(span.usage[what]);
        }
        if (!usage.empty())
            line("usage", usage + " (" + std::string(name(span.usageDialect)) + ')');
        if (span.cost != notRecorded)
            line("cost", std::to_string(span.cost));
        if (span.messages != notRecorded)
            line("messages", std::to_string(span.messages));
        if (span.callsAsked != notRecorded)
            line("calls_asked", std::to_string(span.callsAsked));
        if (span.flags != 0)
            line("flags", std::to_string(span.flags));
        std::string known;
        constexpr std::string_view facts[] = {"start", "end",  "kind",  "parent", "usage",
                                              "cost",  "stop", "model", "status"};
        for (int i = 0; i < factCount; ++i) {
            const Provenance provenance = span.provenance.of(static_cast<Fact>(i));
            if (provenance != Provenance::NotRecorded)
                known += (known.empty() ? "" : " ") + std::string(facts[i]) + '=' + std::string(name(provenance));
        }
        if (!known.empty())
            line("known", known);
    }
    for (const auto& [row, stream] : sink.streams) {
        out += "stream of span " + std::to_string(row) + '\n';
        StreamReader reader(stream);
        StreamEvent event;
        while (reader.next(event)) {
            out += "  " + std::string(name(event.kind)) + ' ' + isoText(event.time);
            if (event.from >= 0 || event.to >= 0)
                out += " [" + std::to_string(event.from) + ", " + std::to_string(event.to) + ')';
            if (!event.text.empty())
                out += " \"" + std::string(event.text) + '"';
            if (event.kind == StreamEventKind::Retract)
                out += ' ' + std::string(event.detail);
            out += '\n';
        }
    }
    for (const ImportIssue& issue : sink.issues) {
        out += std::string(name(issue.severity)) + ' ' + name(issue.kind) + " line " + std::to_string(issue.line) +
               " byte " + std::to_string(issue.byte) + ": " + issue.message + '\n';
    }
    return out;
}

/// Messages as indented lines, for comparing what a decoder gives.
inline std::string printMessages(const std::vector<Message>& messages)
{
    constexpr std::string_view roles[] = {"system", "user", "assistant", "tool", "other"};
    constexpr std::string_view kinds[] = {"text", "reasoning", "call", "result", "refusal", "media", "other"};
    std::string out;
    for (const Message& message : messages) {
        out += std::string(roles[static_cast<std::size_t>(message.role)]);
        if (message.roleText != roles[static_cast<std::size_t>(message.role)])
            out += " (" + message.roleText + ')';
        if (!message.name.empty())
            out += " name=" + message.name;
        if (!message.stopReason.empty())
            out += " stop=" + message.stopReason;
        out += '\n';
        for (const Part& part : message.parts) {
            out += "  " + std::string(kinds[static_cast<std::size_t>(part.kind)]);
            if (!part.name.empty())
                out += " name=" + part.name;
            if (!part.id.empty())
                out += " id=" + part.id;
            if (!part.media.empty())
                out += " media=" + part.media;
            if (part.failed)
                out += " failed";
            if (!part.text.empty())
                out += ": " + part.text;
            out += '\n';
        }
    }
    return out;
}

} // namespace arcscope::testing
