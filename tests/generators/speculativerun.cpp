#include "speculativerun.h"

#include <algorithm>

namespace arcscope::speculation
{
namespace
{

std::string hexOf(std::uint64_t bits)
{
    std::string hex;
    for (int shift = 60; shift >= 0; shift -= 4)
        hex += "0123456789abcdef"[bits >> shift & 15];
    return hex;
}

/// A number for one run: others differ in an option, in what they learned from, or in when they began.
std::uint64_t numberOf(const ModelPair& models, const RunOptions& options, RunTime start)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    const auto mix = [&](std::uint64_t value) {
        for (int byte = 0; byte < 8; ++byte, value >>= 8)
            hash = (hash ^ (value & 0xff)) * 0x100000001b3;
    };
    for (const std::uint64_t value :
         {std::uint64_t(options.surface), std::uint64_t(options.draft), std::uint64_t(options.length), options.seed,
          std::uint64_t(options.renderDrafts), std::uint64_t(options.verification), std::uint64_t(start)})
        mix(value);
    for (const Token token : models.text.tokens)
        mix(token);
    return hash;
}

std::int64_t count(std::size_t number)
{
    return static_cast<std::int64_t>(number);
}

/// What an engine and the window behind it say of one run, at the times at which they say it.
class Recorder
{
public:
    Recorder(const ModelPair& models, const RunOptions& options, RunClock& clock)
        : m_models(models)
        , m_options(options)
        , m_clock(clock)
        // Its own numbers: how long work takes changes nothing of what is drawn.
        , m_chance(options.seed ^ 0x5bd1e995)
    {
        m_file.start = m_clock.unixTime();
        Chance ids(numberOf(models, options, m_file.start));
        m_file.traceId = hexOf(ids.bits() | 1);
        m_file.traceId += hexOf(ids.bits());
        m_file.spanId = hexOf(ids.bits() | 1);
        event("start", {{"surface", std::string(name(options.surface))}});
    }

    /// To be called as soon as there is one.
    void drafted(std::span<const Token> tokens)
    {
        work(m_options.verification / 10 * count(tokens.size()));
        if (tokens.empty())
            return;
        std::vector<StreamAttribute> attributes = {{"draft.id", "d" + std::to_string(++m_drafts)},
                                                   {"draft.source", "ngram"},
                                                   {"draft.tokens", count(tokens.size())}};
        if (m_options.renderDrafts) {
            const std::string text = m_models.text.textOf(tokens);
            attributes.push_back({"chunk.content", text});
            addRange(attributes, text.size());
        }
        event("draft", std::move(attributes));
    }

    void verified(const SpeculativeStep& step)
    {
        work(m_options.verification);
        const std::string all = m_models.text.textOf(step.drafted);
        const std::string kept = m_models.text.textOf(std::span<const Token>(step.drafted).first(step.accepted));
        const std::string next = m_models.text.words[step.next];
        if (!step.drafted.empty())
            accept(step, kept.size());
        if (m_options.renderDrafts) {
            if (kept.size() < all.size())
                retract(m_shown.size() + kept.size(), m_shown.size() + all.size());
            m_shown += kept;
            show(next, 1);
        } else {
            show(kept + next, step.accepted + 1);
        }
        if (m_shown.find('\n', m_committed) != std::string::npos)
            commit();
    }

    StreamFile finish(const std::vector<SpeculativeStep>& steps)
    {
        if (m_committed < m_shown.size())
            commit();
        event("end", {{"finish_reasons", std::vector<std::string>{"length"}}, {"terminal_seen", true}});
        m_file.end = m_clock.unixTime();
        m_file.name = "text_completion ngram-" + std::to_string(m_models.target.order());
        m_file.text = m_shown;
        describe(steps);
        return std::move(m_file);
    }

private:
    /// Takes from 0.8 to 1.2 times as long.
    void work(RunTime length)
    {
        m_clock.pass(static_cast<RunTime>(static_cast<double>(length) * (0.8 + 0.4 * m_chance.uniform())));
    }

    void event(const char* word, std::vector<StreamAttribute> attributes)
    {
        StreamFileEvent& made = m_file.events.emplace_back();
        made.name = word;
        made.at = m_clock.unixTime();
        made.attributes = {{"id", "stream-" + m_file.spanId},
                           {"sequence", count(m_file.events.size()) - 1},
                           {"time.monotonic_ns", m_clock.monotonic()}};
        for (StreamAttribute& attribute : attributes)
            made.attributes.push_back(std::move(attribute));
    }

    void addRange(std::vector<StreamAttribute>& attributes, std::size_t length) const
    {
        attributes.push_back({"block.index", std::int64_t(0)});
        attributes.push_back({"block.type", "text"});
        attributes.push_back({"offset.unit", "utf8_bytes"});
        attributes.push_back({"offset.start", count(m_shown.size())});
        attributes.push_back({"offset.end", count(m_shown.size() + length)});
    }

    void show(const std::string& text, std::size_t tokens)
    {
        std::vector<StreamAttribute> attributes = {
            {"chunk.kind", "content"}, {"chunk.content", text}, {"chunk.tokens", count(tokens)}};
        addRange(attributes, text.size());
        event("chunk", std::move(attributes));
        m_shown += text;
    }

    void accept(const SpeculativeStep& step, std::size_t bytes)
    {
        std::vector<StreamAttribute> attributes = {{"draft.id", "d" + std::to_string(m_drafts)},
                                                   {"accepted_tokens", count(step.accepted)},
                                                   {"rejected_tokens", count(step.drafted.size() - step.accepted)}};
        if (m_options.renderDrafts) {
            attributes.push_back({"offset.unit", "utf8_bytes"});
            attributes.push_back({"offset.end", count(m_shown.size() + bytes)});
        }
        event("accept", std::move(attributes));
    }

    void retract(std::size_t from, std::size_t to)
    {
        event("retract", {{"retract.id", "r" + std::to_string(++m_retracts)},
                          {"retract.from", count(from)},
                          {"retract.to", count(to)},
                          {"retract.reason", "speculation_rejected"},
                          {"retract.evidence", "observed"},
                          {"offset.unit", "utf8_bytes"}});
    }

    void commit()
    {
        event("commit", {{"offset.unit", "utf8_bytes"}, {"offset.end", count(m_shown.size())}});
        m_committed = m_shown.size();
    }

    void describe(const std::vector<SpeculativeStep>& steps)
    {
        std::size_t drafted = 0;
        std::size_t accepted = 0;
        for (const SpeculativeStep& step : steps) {
            drafted += step.drafted.size();
            accepted += step.accepted;
        }
        const std::string model = "ngram-" + std::to_string(m_models.target.order());
        m_file.attributes = {{"gen_ai.operation.name", "text_completion"},
                             {"gen_ai.request.model", model},
                             {"gen_ai.response.model", model},
                             {"gen_ai.response.finish_reasons", std::vector<std::string>{"length"}},
                             {"gen_ai.usage.output_tokens", count(accepted + steps.size())},
                             {"arcscope.speculation.draft_model", "ngram-" + std::to_string(m_models.draft.order())},
                             {"arcscope.speculation.verifications", count(steps.size())},
                             {"arcscope.speculation.drafted_tokens", count(drafted)},
                             {"arcscope.speculation.accepted_tokens", count(accepted)},
                             {"arcscope.speculation.seed", count(m_options.seed)}};
    }

    const ModelPair& m_models;
    const RunOptions& m_options;
    RunClock& m_clock;
    Chance m_chance;
    StreamFile m_file;
    std::string m_shown;
    std::size_t m_committed = 0;
    int m_drafts = 0;
    int m_retracts = 0;
};

} // namespace

ModelPair::ModelPair(TokenText cut)
    : text(std::move(cut))
    , draft(text, 2)
    , target(text, 4)
{
}

SpeculativeRun speculate(const ModelPair& models, const RunOptions& options, RunClock& clock)
{
    SpeculativeRun run;
    SpeculativeSampler sampler(models.draft, models.target, options.seed);
    Recorder recorder(models, options, clock);
    std::vector<Token> tokens = {models.text.lineEnd};
    for (std::size_t drawn = 0; drawn < options.length; drawn = tokens.size() - 1) {
        // One token comes from the target model in any case.
        recorder.drafted(sampler.draft(tokens, std::min(options.draft, options.length - drawn - 1)));
        const SpeculativeStep step = sampler.verify(tokens);
        tokens.insert(tokens.end(), step.drafted.begin(), step.drafted.begin() + count(step.accepted));
        tokens.push_back(step.next);
        recorder.verified(step);
        run.steps.push_back(step);
    }
    run.text = models.text.textOf(std::span<const Token>(tokens).subspan(1));
    run.file = recorder.finish(run.steps);
    return run;
}

std::string_view name(Surface surface)
{
    constexpr std::string_view names[] = {"chat", "code", "voice"};
    return names[static_cast<std::size_t>(surface)];
}

} // namespace arcscope::speculation
