#include "stepvalidity.h"

#include "proselines.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr Nanos longBetween = Nanos(24) * 3'600 * 1'000'000'000;

constexpr auto goneWords =
    std::to_array<std::string_view>({"not found", "404", "does not exist", "doesn't exist", "no longer", "was deleted",
                                     "has been deleted", "410 gone", "no such"});

bool tellsGone(const RunStep& step)
{
    const std::string result = prose::lower(step.result);
    return std::ranges::any_of(goneWords, [&](std::string_view word) { return result.find(word) != result.npos; });
}

/// What is known where the next step of a conversation begins.
struct State {
    std::uint32_t depth = 0;
    std::uint32_t reasons = 0;
    bool anything = false; ///< a user, instructions or documents were there before
    bool diverged = false; ///< a step of a model differed in more than wording
    bool offRails = false;
    bool gone = false;
};

class Walk
{
public:
    Walk(const RunSteps& base, const RunSteps& candidate)
        : m_base(base)
        , m_candidate(candidate)
    {
        State first;
        std::uint32_t versionsDiffer = 0;
        const auto documents = [](const RunSteps& run) {
            return std::ranges::any_of(run.steps, [](const RunStep& step) { return step.retrieval; });
        };
        if (!base.memory.empty() && !candidate.memory.empty() && base.memory != candidate.memory)
            versionsDiffer |= bit(ReplayReason::MemoryDiffers);
        const bool versions = !base.retrieval.empty() && !candidate.retrieval.empty();
        if (versions && base.retrieval != candidate.retrieval)
            versionsDiffer |= bit(ReplayReason::RetrievalDiffers);
        if (!versions && documents(base) && documents(candidate))
            m_notes |= bit(ReplayReason::RetrievalVersionNotRecorded);
        const bool timed = base.start != noTime && candidate.start != noTime;
        if (timed && std::max(base.start, candidate.start) - std::min(base.start, candidate.start) > longBetween)
            m_notes |= bit(ReplayReason::TimeBetween);
        m_notes |= versionsDiffer; // of every step: what a provider adds to an input is not in it
        m_states.push_back(first);
    }

    void judge(ReplayStep& step)
    {
        while (m_states.back().depth > step.depth)
            m_states.pop_back();
        if (m_states.back().depth < step.depth) {
            State within = m_states.back();
            within.depth = step.depth;
            within.anything = true; // the call
            m_states.push_back(within);
        }
        State& state = m_states.back();
        const RunStep* const a = step.base.there() ? &m_base.steps[step.base.step] : nullptr;
        const RunStep* const b = step.candidate.there() ? &m_candidate.steps[step.candidate.step] : nullptr;
        const RunStep& shown = a ? *a : *b;
        if (!a || !b)
            step.reasons |= bit(ReplayReason::WithoutCounterpart);
        if (shown.isModels())
            judgeModels(a, b, state, step);
        else
            judgeGiven(a, b, state, step);
        follow(a, b, state, step);
    }

private:
    static void add(State& state, ReplayReason reason) { state.reasons |= bit(reason); }

    static const CallContext* contextOf(const RunSteps& run, const RunStep* step)
    {
        if (!step || step->call == noRow)
            return nullptr;
        const auto known = run.calls.find(step->call);
        return known == run.calls.end() ? nullptr : &known->second;
    }

    void judgeModels(const RunStep* a, const RunStep* b, const State& now, ReplayStep& step)
    {
        // What one model call asks for was all asked for with the same input.
        const Row callA = a ? a->call : noRow;
        const Row callB = b ? b->call : noRow;
        const bool goesOn = (callA != noRow && callA == m_callA) || (callB != noRow && callB == m_callB);
        if (!goesOn || m_before.depth != now.depth)
            m_before = now;
        m_callA = callA != noRow ? callA : m_callA;
        m_callB = callB != noRow ? callB : m_callB;
        const State& state = m_before;
        const CallContext* const left = contextOf(m_base, a);
        const CallContext* const right = contextOf(m_candidate, b);
        const bool recorded = left && right && left->input != 0 && right->input != 0;
        bool offRails = false;
        if (recorded && left->input == right->input) {
            step.validity = ReplayValidity::ContextEqual;
        } else {
            step.reasons |= state.reasons;
            if (recorded && state.reasons == 0)
                step.reasons |=
                    bit(left->system == right->system ? ReplayReason::InputDiffers : ReplayReason::SystemPromptDiffers);
            if (!recorded && !state.anything)
                step.reasons |= bit(ReplayReason::InputNotRecorded);
            if (state.diverged)
                step.reasons |= bit(ReplayReason::BehindDivergence);
            offRails = state.offRails;
        }
        if (left && right)
            compareRequests(*left, *right, step);
        else if (a && b)
            step.reasons |= bit(ReplayReason::ParametersNotRecorded);
        step.reasons |= m_notes;
        step.validity = state.gone                           ? ReplayValidity::Void
                        : offRails                           ? ReplayValidity::OffRails
                        : (step.reasons & ~replayNotes) != 0 ? ReplayValidity::Partial
                                                             : ReplayValidity::ContextEqual;
    }

    static void compareRequests(const CallContext& left, const CallContext& right, ReplayStep& step)
    {
        const auto differs = [](const std::optional<double>& x, const std::optional<double>& y) {
            return x && y && *x != *y;
        };
        if (differs(left.temperature, right.temperature) || differs(left.topP, right.topP) ||
            differs(left.seed, right.seed) || differs(left.maxTokens, right.maxTokens))
            step.reasons |= bit(ReplayReason::ParametersDiffer);
        if (!left.anyParameter() || !right.anyParameter())
            step.reasons |= bit(ReplayReason::ParametersNotRecorded);
        if (left.tools != 0 && right.tools != 0 && left.tools != right.tools)
            step.reasons |= bit(ReplayReason::ToolListDiffers);
        if (left.cacheRead >= 0 && right.cacheRead >= 0 && (left.cacheRead > 0) != (right.cacheRead > 0))
            step.reasons |= bit(ReplayReason::CacheReadDiffers);
    }

    /// A turn of a user, instructions, documents.
    static void judgeGiven(const RunStep* a, const RunStep* b, const State& state, ReplayStep& step)
    {
        const bool same = a && b && step.weight == ReplayClass::Same;
        if (state.gone)
            step.validity = ReplayValidity::Void;
        else if (step.kind == ReplayStepKind::User && same && state.diverged)
            step.validity = ReplayValidity::OffRails;
        else if (!same || state.diverged)
            step.validity = ReplayValidity::Partial;
        if (state.diverged)
            step.reasons |= bit(ReplayReason::BehindDivergence);
    }

    /// What the step means for those that follow.
    static void follow(const RunStep* a, const RunStep* b, State& state, ReplayStep& step)
    {
        const RunStep& shown = a ? *a : *b;
        const bool same = a && b && step.weight == ReplayClass::Same;
        const bool equalCall = a && b && shown.isCall() && a->words == b->words;
        if (shown.isModels() && !equalCall) { // how an equal call came out is no doing of the model
            if (!same)
                add(state, ReplayReason::HistoryDiffers);
            if (step.weight >= ReplayClass::Path)
                state.diverged = true;
        }
        switch (shown.kind) {
        case ReplayStepKind::System:
            if (!same)
                add(state, ReplayReason::SystemPromptDiffers);
            break;
        case ReplayStepKind::User:
            if (!same)
                add(state, ReplayReason::UserTurnDiffers);
            else if (state.diverged)
                state.offRails = true;
            break;
        case ReplayStepKind::Environment:
            if (!same)
                add(state, shown.retrieval ? ReplayReason::RetrievalDiffers : ReplayReason::InputDiffers);
            if (a && a->retrieval && !a->text.empty() && !a->gone && (!b || b->gone || b->text.empty()))
                lose(state, step, ReplayReason::DocumentGone);
            break;
        case ReplayStepKind::ToolCall:
        case ReplayStepKind::Agent:
            if (a && b)
                followCall(*a, *b, state, step);
            break;
        case ReplayStepKind::Answer:
            break;
        }
        state.anything = state.anything || !shown.isModels();
    }

    static void lose(State& state, ReplayStep& step, ReplayReason reason)
    {
        state.gone = true;
        add(state, reason);
        step.reasons |= bit(reason);
    }

    static void followCall(const RunStep& a, const RunStep& b, State& state, ReplayStep& step)
    {
        const auto either = [&](ToolMode mode) { return a.mode == mode || b.mode == mode; };
        std::uint32_t notes = 0;
        const bool canned = either(ToolMode::Stubbed) || either(ToolMode::Recorded);
        if (a.words != b.words) {
            if (canned && step.weight >= ReplayClass::Path) {
                state.offRails = true;
                notes |= bit(ReplayReason::ToolsStubbed);
            }
        } else if (a.resultKey != b.resultKey && a.resultKey != 0 && b.resultKey != 0) {
            add(state, a.memory ? ReplayReason::MemoryDiffers : ReplayReason::ToolResultDiffers);
            notes |= either(ToolMode::Live)      ? bit(ReplayReason::ToolsLive)
                     : either(ToolMode::Stubbed) ? bit(ReplayReason::ToolsStubbed)
                     : canned                    ? 0
                                                 : bit(ReplayReason::ToolModeNotRecorded);
            if (!tellsGone(a) && !a.failed() && tellsGone(b))
                lose(state, step, ReplayReason::EffectGone);
        }
        state.reasons |= notes;
        step.reasons |= notes;
    }

    const RunSteps& m_base;
    const RunSteps& m_candidate;
    std::uint32_t m_notes = 0;
    std::vector<State> m_states;
    State m_before; ///< where the model call began that the last step was of
    Row m_callA = noRow;
    Row m_callB = noRow;
};

} // namespace

void judgeValidity(const RunSteps& base, const RunSteps& candidate, std::vector<ReplayStep>& steps)
{
    Walk walk(base, candidate);
    for (ReplayStep& step : steps)
        walk.judge(step);
}

} // namespace arcscope
