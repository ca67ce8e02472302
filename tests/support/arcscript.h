// Task arcs for tests: traces as talks, what detectors keep of them, and the arcs that come of it in words.
#pragma once

#include "arcjoin.h"
#include "tracescript.h"

namespace arcscope::testing
{

struct Said {
    char who; ///< u: user, a: assistant, t: result of a tool, x: a call of the tool named in the text
    std::string text;
};

struct Talk {
    std::string trace;
    std::string facts; ///< "task=t1 session=s1 user=u1 device=phone" of every span
    int minute = 0;    ///< when it begins
    std::vector<Said> said;
    std::string label = {};         ///< of a gen_ai.evaluation.result on its root: "task_outcome=resolved"
    std::vector<Said> history = {}; ///< that the first call is given before
};

/// Traces of an agent with one model call an answer, each with the whole talk so far in its input.
class ArcScript
{
public:
    explicit ArcScript(const std::vector<Talk>& talks)
        : m_script(linesOf(talks))
    {
        for (const Talk& talk : talks)
            fill(talk);
    }

    const Corpus& corpus() const { return m_script.corpus; }
    TraceScript& script() { return m_script; }

    /// As the search hands them out: through facts, in the order of traces.
    std::vector<ArcPiece> pieces(const DetectorSettings& settings = {})
    {
        std::vector<ArcPiece> all;
        for (std::uint32_t trace = 0; trace < m_script.corpus.traces.rows(); ++trace) {
            ScriptedTrace reading(m_script, trace);
            reading.setSettings(settings);
            for (ArcPiece& piece : arcPiecesOf(arcFacts(arcPiecesOf(reading))))
                all.push_back(std::move(piece));
        }
        return all;
    }

    ArcCorpus arcs(const ArcDecisions& decisions = {}, const DetectorSettings& settings = {})
    {
        return joinArcs(m_script.corpus, pieces(settings), decisions, settings).value();
    }

private:
    static std::string linesOf(const std::vector<Talk>& talks)
    {
        std::string lines;
        for (const Talk& talk : talks) {
            const auto span = [&](const std::string& id, const std::string& parent, const char* kind, int from,
                                  int to) {
                lines += talk.trace + ' ' + talk.trace + id + ' ' + parent + ' ' + kind + ' ' +
                         std::to_string(talk.minute * 60'000 + from) + '-' + std::to_string(talk.minute * 60'000 + to) +
                         ' ' + talk.facts + '\n';
            };
            const int last = static_cast<int>(talk.said.size());
            span("/root", "-", "agent", 0, (last + 1) * 1'000);
            for (int i = 0; i < last; ++i) {
                const char who = talk.said[static_cast<std::size_t>(i)].who;
                if (who == 'a' || who == 'x')
                    span('/' + std::to_string(i), talk.trace + "/root", "model", i * 1'000, i * 1'000 + 500);
            }
        }
        return lines;
    }

    void fill(const Talk& talk)
    {
        std::vector<Message> history;
        const auto add = [&](const Said& each, std::size_t i) {
            history.push_back(each.who == 'u'   ? arcscope::testing::said(Role::User, each.text)
                              : each.who == 'a' ? arcscope::testing::said(Role::Assistant, each.text)
                              : each.who == 'x' ? asked(each.text, "c" + std::to_string(i), "{}")
                                                : returned("c" + std::to_string(i - 1), each.text));
        };
        for (std::size_t i = 0; i < talk.history.size(); ++i)
            add(talk.history[i], 1'000 + i);
        for (std::size_t i = 0; i < talk.said.size(); ++i) {
            const Said& each = talk.said[i];
            if (each.who == 'a' || each.who == 'x') {
                SpanContent& call = m_script.content(talk.trace + '/' + std::to_string(i));
                call.input = history;
                add(each, i);
                call.output = {history.back()};
            } else {
                add(each, i);
            }
        }
        if (talk.label.empty())
            return;
        const std::size_t equals = talk.label.find('=');
        SpanEvent event;
        event.name = "gen_ai.evaluation.result";
        event.time = m_script.corpus.spans.range(rowNamed(m_script.corpus, talk.trace + "/root")).end;
        event.attributes = {{"gen_ai.evaluation.name", talk.label.substr(0, equals), AttributeType::Text},
                            {"gen_ai.evaluation.score.label", talk.label.substr(equals + 1), AttributeType::Text}};
        m_script.content(talk.trace + "/root").events.push_back(std::move(event));
    }

    TraceScript m_script;
};

/// "task:t1 succeeded label (label: task_outcome) 3 turns, 2 traces: request response accept"
inline std::string textOf(const ArcCorpus& arcs, std::uint32_t arc)
{
    const auto value = [&](ArcColumn column) { return arcs.arcs.at(column, arc); };
    std::string text = arcKey(arcs, arc) + ' ' + std::string(name(static_cast<ArcOutcome>(value(ArcColumn::Outcome)))) +
                       ' ' + std::string(name(static_cast<ArcSource>(value(ArcColumn::OutcomeSource))));
    const std::string rule(arcs.texts[StringId{static_cast<std::uint32_t>(value(ArcColumn::OutcomeRule))}]);
    if (!rule.empty())
        text += " (" + rule + ')';
    text += ' ' + std::to_string(value(ArcColumn::Turns)) + " turns, " + std::to_string(value(ArcColumn::Segments)) +
            " traces:";
    const std::int64_t first = value(ArcColumn::FirstEvent);
    for (std::int64_t i = first; i < first + value(ArcColumn::Events); ++i)
        text += ' ' + std::string(name(
                          static_cast<ArcStep>(arcs.events.at(ArcEventColumn::Step, static_cast<std::uint32_t>(i)))));
    return text;
}

inline std::vector<std::string> textsOf(const ArcCorpus& arcs)
{
    std::vector<std::string> all;
    for (std::uint32_t arc = 0; arc < arcs.arcs.rows(); ++arc)
        all.push_back(textOf(arcs, arc));
    return all;
}

} // namespace arcscope::testing
