// Builds a Corpus for tests from spans written one a line; and the columns of a hand-made span table.
#pragma once

#include "spanrecord.h"
#include "spantable.h"

#include <QtGlobal>

#include <map>
#include <span>
#include <sstream>
#include <string>
#include <vector>

namespace arcscope::testing
{

/// A sink that keeps rows as plain vectors and makes a Corpus of them; streams and issues are kept beside.
class CorpusBuilder : public SpanSink
{
public:
    StringId intern(std::string_view text) override
    {
        const StringId id = m_pool.intern(text);
        corpus.strings.append(m_pool.takeNew());
        return id;
    }

    Row add(const SpanRecord& span, std::string_view) override
    {
        const auto [trace, isNew] = m_traceOf.try_emplace(idText(span.trace, textOf(span.trace)), traceIds.size());
        if (isNew)
            traceIds.push_back(span.trace);
        Values row{};
        const auto put = [&](SpanColumn column, std::int64_t value) { row[static_cast<std::size_t>(column)] = value; };
        put(SpanColumn::Trace, static_cast<std::int64_t>(trace->second));
        put(SpanColumn::SpanForm, static_cast<std::int64_t>(span.span.form));
        put(SpanColumn::SpanHigh, static_cast<std::int64_t>(span.span.high));
        put(SpanColumn::SpanLow, static_cast<std::int64_t>(span.span.low));
        put(SpanColumn::ParentForm, static_cast<std::int64_t>(span.parent.form));
        put(SpanColumn::ParentHigh, static_cast<std::int64_t>(span.parent.high));
        put(SpanColumn::ParentLow, static_cast<std::int64_t>(span.parent.low));
        put(SpanColumn::Start, span.start);
        put(SpanColumn::Duration, span.end == noTime || span.start == noTime ? -1 : span.end - span.start);
        put(SpanColumn::FirstToken, span.firstToken);
        put(SpanColumn::Kind, static_cast<std::int64_t>(span.kind));
        put(SpanColumn::Status, static_cast<std::int64_t>(span.status));
        put(SpanColumn::Flags, span.flags);
        put(SpanColumn::Provenance, span.provenance.bits());
        put(SpanColumn::Messages, span.messages);
        put(SpanColumn::CallsAsked, span.callsAsked);
        put(SpanColumn::Cost, span.cost);
        put(SpanColumn::UsageDialect, static_cast<std::int64_t>(span.usageDialect));
        put(SpanColumn::ResponseHash, static_cast<std::int64_t>(span.responseHash));
        put(SpanColumn::SourceByte, span.sourceByte);
        put(SpanColumn::ParentRow, -1);
        for (int i = 0; i < spanTextCount; ++i)
            put(columnOf(static_cast<SpanText>(i)), span.texts[static_cast<std::size_t>(i)].value);
        for (int i = 0; i < usageClassCount; ++i)
            put(static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i),
                span.usage.tokens[static_cast<std::size_t>(i)]);
        m_rows.push_back(row);
        return static_cast<Row>(m_rows.size() - 1);
    }
    void addStream(Row span, PackedStream stream) override { streams.emplace(span, std::move(stream)); }
    void report(ImportIssue issue) override { issues.push_back(std::move(issue)); }

    /// The corpus with all span columns; traces and order are empty until assembled.
    Corpus& build()
    {
        corpus.spans = {};
        for (std::size_t first = 0; first < m_rows.size(); first += chunkRows) {
            SpanTable::Chunk chunk;
            chunk.rows = static_cast<std::uint32_t>(std::min<std::size_t>(chunkRows, m_rows.size() - first));
            std::vector<std::int64_t> values(chunk.rows);
            for (std::size_t column = 0; column < chunk.columns.size(); ++column) {
                for (std::size_t i = 0; i < values.size(); ++i)
                    values[i] = m_rows[first + i][column];
                chunk.columns[column] = std::make_shared<Column>(encode(values));
            }
            corpus.spans.append(std::move(chunk));
        }
        return corpus;
    }

    /// As build(), with only these span columns: what is not asked for must not be touched.
    Corpus buildWith(std::span<const SpanColumn> columns)
    {
        Corpus whole = build();
        Corpus partial = whole;
        partial.spans = {};
        for (const auto& chunk : whole.spans.chunks()) {
            SpanTable::Chunk kept;
            kept.rows = chunk.rows;
            for (const SpanColumn column : columns)
                kept.columns[static_cast<std::size_t>(column)] = chunk.columns[static_cast<std::size_t>(column)];
            partial.spans.append(std::move(kept));
        }
        return partial;
    }

    Corpus corpus;
    std::vector<Id> traceIds;
    std::vector<ImportIssue> issues;
    std::map<Row, PackedStream> streams;

private:
    using Values = std::array<std::int64_t, static_cast<std::size_t>(spanColumnCount)>;

    std::string textOf(const Id& id) const
    {
        return id.form == IdForm::Text ? std::string(corpus.strings[StringId{static_cast<std::uint32_t>(id.low)}])
                                       : std::string();
    }

    StringPool m_pool;
    std::map<std::string, std::size_t> m_traceOf;
    std::vector<Values> m_rows;
};

/// Adds spans written one a line: `TRACE SPAN PARENT KIND START-END [fact=value …]`, times in milliseconds, "-" for
/// none. Facts: in=, out=, cost=, response=, status=, agent=, service=, model=, session=, user=, tenant=, task=,
/// device=, tool=, name= (else the id), trigger=, requested=, provider=, version=, stop=, error=, currency= (behind
/// cost=), flag=synthetic|streamed|pending.
inline void addSpans(CorpusBuilder& builder, const std::string& text)
{
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string trace, id, parent, kind, times;
        if (!(words >> trace >> id >> parent >> kind >> times))
            continue;
        SpanRecord span;
        span.trace = toId(builder, trace);
        span.span = toId(builder, id);
        if (parent != "-")
            span.parent = toId(builder, parent);
        span.kind = spanKindNamed(kind).value();
        span[SpanText::Name] = builder.intern(id);
        const auto dash = times.find('-', 1);
        if (times != "-") {
            span.start = std::stoll(times.substr(0, dash)) * millisecond;
            if (dash + 1 < times.size())
                span.end = std::stoll(times.substr(dash + 1)) * millisecond;
        }
        for (std::string fact; words >> fact;) {
            const std::string key = fact.substr(0, fact.find('='));
            const std::string value = fact.substr(fact.find('=') + 1);
            if (key == "in")
                span.usage[UsageClass::Input] = std::stoll(value);
            else if (key == "out")
                span.usage[UsageClass::Output] = std::stoll(value);
            else if (key == "cost")
                span.cost = std::stoll(value), span[SpanText::Currency] = builder.intern("USD");
            else if (key == "response")
                span.responseHash = hashOf(value);
            else if (key == "status")
                span.status = spanStatusNamed(value).value();
            else if (key == "agent")
                span[SpanText::Agent] = builder.intern(value);
            else if (key == "service")
                span[SpanText::Service] = builder.intern(value);
            else if (key == "model")
                span[SpanText::ModelServed] = builder.intern(value);
            else if (key == "session")
                span[SpanText::Session] = builder.intern(value);
            else if (key == "user")
                span[SpanText::User] = builder.intern(value);
            else if (key == "tenant")
                span[SpanText::Tenant] = builder.intern(value);
            else if (key == "task")
                span[SpanText::Task] = builder.intern(value);
            else if (key == "device")
                span[SpanText::Device] = builder.intern(value);
            else if (key == "tool")
                span[SpanText::Tool] = builder.intern(value);
            else if (key == "requested")
                span[SpanText::ModelRequested] = builder.intern(value);
            else if (key == "provider")
                span[SpanText::Provider] = builder.intern(value);
            else if (key == "version")
                span[SpanText::PromptVersion] = builder.intern(value);
            else if (key == "stop")
                span[SpanText::StopReason] = builder.intern(value);
            else if (key == "error")
                span[SpanText::ErrorType] = builder.intern(value);
            else if (key == "name")
                span[SpanText::Name] = builder.intern(value);
            else if (key == "trigger")
                span[SpanText::Trigger] = builder.intern(value);
            else if (key == "currency")
                span[SpanText::Currency] = builder.intern(value);
            else if (key == "plan")
                span[SpanText::Plan] = builder.intern(value);
            else if (key == "prompt")
                span[SpanText::PromptName] = builder.intern(value);
            else if (key == "env")
                span[SpanText::Environment] = builder.intern(value);
            else if (key == "ttft") // milliseconds
                span.firstToken = std::stoll(value) * millisecond;
            else if (key == "cached")
                span.usage[UsageClass::CacheRead] = std::stoll(value);
            else if (key == "flag" && value == "pending")
                span.flags |= bit(SpanFlag::Pending);
            else if (key == "flag" && value == "streamed")
                span.flags |= bit(SpanFlag::Streamed);
            else if (key == "flag" && value == "synthetic")
                span.flags |= bit(SpanFlag::Synthetic);
            else
                qFatal("unknown fact %s", fact.c_str());
        }
        builder.add(span, {});
    }
}

} // namespace arcscope::testing
