// The work of pairedCalls(): calls that are still put together, and by what they are found.
#pragma once

#include "callpairing.h"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace arcscope
{

class CallPairs
{
    /// How many calls with one id, or one tool, are looked at for what names no call for certain.
    static constexpr std::size_t longestSearch = 64;

public:
    CallPairs(const Corpus& corpus, const TraceSpans& spans, const CallMentions& mentions)
        : m_corpus(corpus)
        , m_spans(spans)
        , m_mentions(mentions)
        , m_runs(mentions.runs)
    {
    }

    std::vector<PairedCall> run();

private:
    /// What is known of a call while it is put together, beside what it will be.
    struct Facts {
        std::uint64_t words = 0;
        std::uint32_t run = TreeCall::none; ///< in CallMentions::runs
        std::int64_t moment = 0;            ///< when it was asked for, or told of
        bool failed = false;
        bool timedOut = false;
        std::uint32_t resultPlace = TraceSpans::none; ///< where a message tells of its result first
        std::uint32_t resultNth = 0;
    };

    std::uint32_t numberOf(const CallRun& run) const { return static_cast<std::uint32_t>(&run - m_runs.data()); }
    TreeCall& callAt(std::uint32_t index) { return m_calls[index].call; }

    std::uint32_t add(std::string_view tool, std::string_view id, std::uint64_t words, std::uint32_t place,
                      std::int64_t moment);
    /// One response may be recorded by several spans: one around the other, or side by side.
    bool sameResponse(std::uint32_t a, std::uint32_t b) const;
    void ask(const CallMention& mention);
    /// The call that a message of a later list means: of those with its id (else its words) the ones of the same
    /// conversation that were asked for before.
    std::uint32_t meant(const std::string& id, std::uint64_t words, std::uint32_t nth, const CallMention& mention);
    void tell(const CallMention& mention);
    std::size_t countOf(std::uint64_t words) const;
    void setId(std::uint32_t index, const std::string& id);
    /// Some sources name the span of a call by the call's id.
    void nameRuns();
    /// "running tool: search": the last word of a span's name, where that is a tool that was asked for.
    void nameTool(CallRun& run) const;
    void take(const CallRun& run);
    /// The call whose span lies around this one, where both are spans of one call (of the program and of its client).
    std::uint32_t around(const CallRun& run, const std::string& id);
    /// Of the calls with that id the last one that had been asked for by then and has no span.
    std::uint32_t named(const CallRun& run, const std::string& id);
    std::uint32_t unnamed(const CallRun& run);
    /// Of the calls without a span those of the last model call before it; of these the first. Lists of calls are by
    /// moment: first those that a model asked for, then those that only a later message tells of.
    std::uint32_t freeOne(const std::vector<std::uint32_t>& calls, const CallRun& run);
    /// The model call before it in its conversation asked for calls with ids, and its own id is none that was asked
    /// for.
    bool isStray(const CallRun& run) const;
    void attach(std::uint32_t index, std::uint32_t number);
    void setResult(std::uint32_t index, const CallRun& run);
    void give(const CallMention& mention);
    void receive(std::uint32_t index, const CallMention& mention);
    /// A result without id and without its call beside it: of the last calls of that tool before it the first open one.
    std::uint32_t openOf(const CallMention& mention);
    void conclude(std::uint32_t index);
    std::uint32_t batchOf(const std::string& id);

    const Corpus& m_corpus;
    const TraceSpans& m_spans;
    const CallMentions& m_mentions;
    std::vector<CallRun> m_runs;
    std::vector<PairedCall> m_calls;
    std::vector<Facts> m_facts;
    std::uint32_t m_firstTold = 0;    ///< calls before it are asked for by a model; by moment
    std::uint32_t m_firstRun = 0;     ///< calls behind it are known by their spans, or by results, alone
    std::vector<std::uint32_t> m_nth; ///< of those that a model asked for: CallMention::nth
    std::unordered_map<std::string, std::vector<std::uint32_t>> m_byId;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_byWords;
    std::unordered_map<std::string, std::vector<std::uint32_t>> m_byTool;
    std::unordered_map<std::uint32_t, std::uint32_t> m_callOfSpan; ///< by place
    std::unordered_map<std::string, std::uint32_t> m_batches;
    std::vector<std::string> m_runIds;       ///< by run: id of its call; empty: none is known
    std::unordered_set<std::string> m_named; ///< ids of calls that spans name
};

} // namespace arcscope
