// Traces for tests of detectors: spans written one a line with what each says, read as detectors read them.
#pragma once

#include "assembledcorpus.h"
#include "detector.h"
#include "joinedtraces.h"

#include <algorithm>
#include <map>
#include <optional>

namespace arcscope::testing
{

inline Message said(Role role, std::string text)
{
    Message message;
    message.role = role;
    message.parts.push_back({PartKind::Text, std::move(text), {}, {}, {}, false});
    return message;
}

inline Message asked(std::string tool, std::string id, std::string arguments)
{
    Message message;
    message.role = Role::Assistant;
    message.parts.push_back({PartKind::ToolCall, std::move(arguments), std::move(tool), std::move(id), {}, false});
    return message;
}

inline Message returned(std::string id, std::string result, bool failed = false)
{
    Message message;
    message.role = Role::Tool;
    message.parts.push_back({PartKind::ToolResult, std::move(result), {}, std::move(id), {}, failed});
    return message;
}

/// A corpus of addSpans(), with contents and streams by the name of the span.
struct TraceScript {
    explicit TraceScript(const std::string& lines)
        : corpus(corpusOf(lines))
    {
    }

    SpanContent& content(std::string_view span) { return contents[rowNamed(corpus, span)]; }

    Corpus corpus;
    std::map<Row, SpanContent> contents;
    std::map<Row, StreamAnalysis> streams;
};

class ScriptedTrace : public TraceReading
{
public:
    ScriptedTrace(TraceScript& script, std::uint32_t trace)
        : ScriptedTrace(script, JoinedTraces{trace})
    {
    }
    ScriptedTrace(TraceScript& script, const JoinedTraces& traces)
        : m_script(script)
        , m_rows(rowsOf(script.corpus, traces))
    {
    }

    const Corpus& corpus() const override { return m_script.corpus; }
    std::span<const Row> rows() const override { return m_rows; }
    std::shared_ptr<const SpanContent> content(Row row) override { return copyOf(m_script.contents, row); }
    std::shared_ptr<const StreamAnalysis> stream(Row row) override { return copyOf(m_script.streams, row); }

private:
    /// Copies: who holds texts of a content that he let go is found out by a sanitizer.
    template <typename T>
    static std::shared_ptr<const T> copyOf(const std::map<Row, T>& all, Row row)
    {
        const auto found = all.find(row);
        return found == all.end() ? nullptr : std::make_shared<const T>(found->second);
    }

    TraceScript& m_script;
    std::vector<Row> m_rows;
};

inline const Detector& detectorNamed(std::string_view name)
{
    for (const Detector& detector : detectors()) {
        if (detector.name == name)
            return detector;
    }
    qFatal("no detector of that name");
}

/// What a detector finds in all traces and joined sessions of a script, and between them.
inline std::vector<Finding> findingsOf(const Detector& detector, TraceScript& script,
                                       const DetectorSettings& settings = {})
{
    std::vector<Finding> found;
    std::vector<TraceFact> facts;
    const auto sessions = detector.joinsSessions ? joinedTraces(script.corpus) : std::vector<JoinedTraces>();
    const auto run = [&](const JoinedTraces& traces) {
        ScriptedTrace reading(script, traces);
        reading.setSettings(settings);
        if (detector.run)
            detector.run(reading, found);
    };
    for (std::uint32_t trace = 0; trace < script.corpus.traces.rows(); ++trace) {
        if (std::ranges::none_of(sessions, [&](const auto& each) { return std::ranges::count(each, trace) > 0; }))
            run({trace});
        ScriptedTrace reading(script, trace);
        if (detector.collect)
            detector.collect(reading, facts);
    }
    for (const JoinedTraces& session : sessions)
        run(session);
    if (detector.conclude)
        detector.conclude(script.corpus, facts, found);
    if (detector.concludeSet)
        detector.concludeSet(script.corpus, facts, settings, found);
    return found;
}

/// The rules that fire, in order, each with its level: "claim.unsupported:finding".
inline std::vector<std::string> rulesOf(const std::vector<Finding>& findings)
{
    std::vector<std::string> rules;
    for (const Finding& finding : findings)
        rules.push_back(finding.rule + ':' + std::string(name(finding.level)));
    return rules;
}

} // namespace arcscope::testing
