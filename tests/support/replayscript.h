// Runs of tasks for tests, a line for each step: "System: …", "User: …", "Assistant: …", "Call: TOOL JSON",
// "Result: …", "Failed: …", "Docs: NAME TEXT"; "Refusal: …" and "Cut: …" are answers that stopped so. A line behind an
// answer or call is what came next of the same model call where it begins with "+".
#pragma once

#include "runcomparison.h"
#include "runsteps.h"
#include "tracescript.h"

#include <functional>
#include <memory>

namespace arcscope::testing
{

struct ReplayScript {
    /// `inputs`: every model call records all that was said before it, as providers' calls do; else each span tells
    /// only what is new, as session logs do. `touch` may change the content of any span, by its name: "m1", "t1", "d1".
    explicit ReplayScript(const std::string& lines, bool inputs = false,
                          const std::function<void(const std::string&, SpanContent&)>& touch = {})
    {
        std::string spans = "t root - agent 0-100000 task=x\n";
        std::map<std::string, SpanContent> contents;
        std::vector<Message> history;
        std::vector<Message> news;
        std::string model;
        std::string tool;
        int count = 0;
        int calls = 0;
        std::istringstream in(lines);
        for (std::string line; std::getline(in, line);) {
            const std::size_t begin = line.find_first_not_of(' ');
            if (begin == line.npos)
                continue;
            line.erase(0, begin);
            const bool more = line.starts_with("+");
            line.erase(0, more ? 1 : 0);
            const std::string head = line.substr(0, line.find(':'));
            const std::string text = line.size() > head.size() + 2 ? line.substr(head.size() + 2) : std::string();
            ++count;
            const std::string times = std::to_string(10 * count) + "-" + std::to_string(10 * count + 5);
            const auto hear = [&](Message message) {
                history.push_back(message);
                news.push_back(std::move(message));
            };
            if (head == "System") {
                hear(said(Role::System, text));
            } else if (head == "User") {
                hear(said(Role::User, text));
            } else if (head == "Assistant" || head == "Refusal" || head == "Cut" || head == "Call") {
                if (!more) {
                    model = "m" + std::to_string(count);
                    const std::string stop = head == "Refusal" ? "refusal"
                                             : head == "Cut"   ? "max_tokens"
                                             : head == "Call"  ? "tool_use"
                                                               : "end_turn";
                    spans += "t " + model + " root model " + times + " stop=" + stop + "\n";
                    contents[model].input = inputs ? history : news;
                    news.clear();
                }
                Message message;
                if (head == "Call") {
                    const std::string id = "call" + std::to_string(++calls) + m_salt;
                    const std::string name = text.substr(0, text.find(' '));
                    const std::string arguments = text.size() > name.size() ? text.substr(name.size() + 1) : "{}";
                    message = asked(name, id, arguments);
                    tool = "t" + std::to_string(count);
                    spans += "t " + tool + " root tool " + std::to_string(10 * count + 6) + "-" +
                             std::to_string(10 * count + 8) + " tool=" + name + "\n";
                    contents[tool].toolArguments = arguments;
                } else {
                    message = said(Role::Assistant, text);
                }
                std::vector<Message>& output = contents[model].output;
                if (more && !output.empty())
                    output.back().parts.insert(output.back().parts.end(), message.parts.begin(), message.parts.end());
                else
                    output.push_back(message);
                history.push_back(message);
            } else if (head == "Result" || head == "Failed") {
                contents[tool].toolResult = text;
                contents[tool].toolFailed = head == "Failed";
                history.push_back(returned("call" + std::to_string(calls) + m_salt, text, head == "Failed"));
            } else if (head == "Docs") {
                const std::string name = "d" + std::to_string(count);
                spans += "t " + name + " root retrieval " + times + "\n";
                const std::string document = text.substr(0, text.find(' '));
                contents[name].attributes.push_back(
                    {"retrieval.documents.0.document.id", document, AttributeType::Text});
                contents[name].attributes.push_back({"retrieval.documents.0.document.content",
                                                     text.substr(std::min(text.size(), document.size() + 1)),
                                                     AttributeType::Text});
            } else {
                qFatal("unknown step %s", head.c_str());
            }
        }
        if (!news.empty())
            contents["root"].input = news;
        m_script = std::make_unique<TraceScript>(spans);
        for (auto& [name, content] : contents) {
            if (touch)
                touch(name, content);
            m_script->content(name) = content;
        }
    }

    RunSteps steps()
    {
        ScriptedTrace trace(*m_script, 0);
        return runSteps(trace, trace.stops());
    }

private:
    std::string m_salt = std::to_string(s_made++); ///< ids of calls are never the same in two runs
    static inline int s_made = 0;
    std::unique_ptr<TraceScript> m_script;
};

inline RunSteps stepsOfRun(const std::string& lines, bool inputs = false)
{
    return ReplayScript(lines, inputs).steps();
}

/// Two runs in full; outcomes are not known.
inline ReplayComparison compared(const RunSteps& base, const RunSteps& candidate, std::vector<StepAnchor> anchors = {})
{
    RunComparer comparer;
    return comparer.compare(base, candidate, {}, {}, anchors);
}

/// A line for each step: "answer content value effect", "tool call identical", "user content added".
inline std::string differencesOf(const ReplayComparison& comparison)
{
    std::string out;
    for (const ReplayStep& step : comparison.steps) {
        out += std::string(step.depth, '>') + std::string(name(step.kind)) + ' ' + std::string(name(step.difference));
        for (const std::string_view word :
             {name(step.detail), step.weight == ReplayClass::Same ? std::string_view() : name(step.weight)})
            out += (word.empty() ? "" : " ") + std::string(word);
        out += '\n';
    }
    return out;
}

/// A line for each step of a model: "partial history_differs behind_divergence"; notes left out.
inline std::string badgesOf(const ReplayComparison& comparison, bool notes = false)
{
    std::string out;
    for (const ReplayStep& step : comparison.steps) {
        if (!step.isModels())
            continue;
        out += name(step.validity);
        for (const ReplayReason reason : replayReasons(step.reasons & (notes ? ~0U : ~replayNotes)))
            out += ' ' + std::string(name(reason));
        out += '\n';
    }
    return out;
}

} // namespace arcscope::testing
