// A week of the support agent "harbor" at Fernhill Outdoor: conversations, turns, model calls and tools as OTLP spans.
#pragma once

#include "otlpfile.h"
#include "samplefiles.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace arcscope::samples
{

struct Model {
    std::string provider;
    std::string name;
    std::string answered; ///< response.model
    std::string cleanStop;
    std::string toolStop;
};
extern const Model sonnet;     ///< the usual one
extern const Model haiku;      ///< small talk and order status
extern const Model gptMini;    ///< offers and summaries
extern const Model gemini;     ///< translations
extern const Model bedrock;    ///< trade customers, behind a guardrail
extern const Model selfHosted; ///< vLLM, nightly jobs

struct Customer {
    std::string user;
    std::string tenant;
    std::string plan;
};

struct ToolUse {
    std::string name;
    Json arguments;
    Json result = {};
    Time length = 400 * ms;
    std::string error = {}; ///< not empty: the call failed with this text
    Time delay = 0;         ///< after its siblings started
    bool late = false;      ///< the next model call does not wait for it
    std::string fact = {};  ///< what kind of planted fact this call is, if any
};

/// One model call as its author thinks of it.
struct ModelCall {
    std::string text;
    std::vector<ToolUse> tools;
    const Model* model = nullptr; ///< default: the conversation's
    std::string stop;             ///< vendor's spelling; default: the model's for an answer or for tools
    std::string bucket;           ///< the truth; default complete or handoff
    std::string otherBucket;      ///< is as right, where a reader may stop earlier
    std::string why;              ///< noted with the bucket where it is not the vendor's word
    std::string reasoning;
    int outputLimit = 2048;
    std::optional<int> outputTokens; ///< default: from the text
    std::string error;               ///< error.type; no stop reason unless `stop` is given
    std::string errorText;
    std::string answeredBy; ///< response.model where it is not the model's own
    double temperature = 0.3;
    /// Adds stream events. Gets the span after its times are set.
    std::function<void(OtlpSpan&)> stream;
    Time length = 0; ///< default: from the number of tokens
};

struct Evaluation {
    std::string name;
    std::string label;
    double score;
    std::string explanation;
};

class Week;
class Conversation;

/// One trace: the user writes, harbor answers.
class Turn
{
public:
    Turn(Conversation& conversation, const std::string& userText);
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn(); ///< writes the root span

    Turn& ask(ModelCall call);
    Turn& say(const std::string& text, const std::string& reasoning = {});
    /// A model call whose only result are tool calls.
    Turn& use(std::vector<ToolUse> tools, const std::string& text = {});
    Turn& evaluate(const Evaluation& evaluation);
    Turn& wait(Time length);
    /// The user does something with the answer: accept, regenerate, copy, edit.
    Turn& userAction(const std::string& action);
    Turn& fail(const std::string& message);

    /// A span below the root (or below `parent`), with nothing in it yet.
    OtlpSpan& child(const std::string& name, Time length, const std::string& parent = {});

    std::string lastCall() const { return m_lastCall; }
    const std::string& traceId() const { return m_root.traceId; }
    const std::string& rootId() const { return m_root.spanId; }
    Time now() const { return m_now; }

private:
    void runTools(const std::vector<ToolUse>& tools, const std::vector<std::string>& ids);
    void addTokens(OtlpSpan& span, const ModelCall& call);
    std::string nextLabel();

    Conversation& m_conversation;
    OtlpSpan m_root;
    Time m_now;
    int m_children = 0;
    std::string m_lastCall;
    std::string m_userText;
    std::string m_lastText;
};

/// One session on one device.
class Conversation
{
public:
    struct Setup {
        std::string label; ///< unique in the week
        Customer customer;
        Time start = 0;
        std::string device = "desktop";
        std::string task = {}; ///< empty: not recorded
        std::string intent = {};
        const Model* model = nullptr; ///< default: sonnet
        std::string environment = "production";
    };

    Conversation(Week& week, Setup setup);

    /// The user waits `pause` before writing.
    Turn turn(const std::string& userText, Time pause = 45 * seconds);

private:
    friend class Turn;

    Week& m_week;
    Setup m_setup;
    Time m_now;
    int m_turns = 0;
    Json m_messages = Json::array();
    std::int64_t m_cachedTokens = 0;
};

class Week
{
public:
    /// `place` says in which folder or file the spans end up, for the planted facts.
    Week(PlantedFacts& planted, std::string place)
        : facts(planted)
        , m_place(std::move(place))
    {
    }

    OtlpSpan& add(OtlpSpan span)
    {
        m_spans.push_back(std::move(span));
        return m_spans.back();
    }

    /// PLACE/traces-2026-03-09.jsonl and so on.
    void writeDays(SampleFiles& files) const;
    /// All spans into the one file PLACE.
    void writeFile(SampleFiles& files) const { files[m_place] = otlpLines(m_spans); }

    const std::string& place() const { return m_place; }

    PlantedFacts& facts;

private:
    std::string m_place;
    std::vector<OtlpSpan> m_spans;
};

/// Attributes that every span of a conversation carries.
void addIdentity(AttributeList& attributes, const Conversation::Setup& setup);

std::int64_t tokensOf(std::string_view text);

} // namespace arcscope::samples
