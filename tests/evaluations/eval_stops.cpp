// layers: core analysis Qt6::Core
// Measures the buckets of stops on model calls whose stop is known because they were made that way, out of texts that
// people wrote: prints how often the bucket is right and the table of confusions, and fails below the goal. "--show"
// prints what was misjudged.
#include "stopbucket.h"
#include "stopcaserecipes.h"

#include <map>

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace arcscope::evaluation
{

StopCase StopCases::externalStop()
{
    const std::string partial = cutInside(m_texts.prose(m_random));
    switch (m_random.below(6)) {
    case 0:
        return made(StopBucket::ExternalStop, "word of an error",
                    pick(std::array{"ERROR", "error", "failed", "insufficient_system_resource"}),
                    m_random.oneIn(2) ? partial : "");
    case 1:
        return made(StopBucket::ExternalStop, "word of a cancellation",
                    pick(std::array{"abort", "USER_CANCEL", "cancelled", "client_cancelled", "aborted"}), partial);
    case 2: {
        StopCase one = made(StopBucket::ExternalStop, "failed span", "", m_random.oneIn(2) ? partial : "");
        one.facts = "status=error error=" + pick(std::array{"overloaded_error", "RateLimitError", "APIConnectionError",
                                                            "ReadTimeout", "500", "insufficient_quota"});
        return one;
    }
    case 3:
        return made(StopBucket::ExternalStop, "word of a time limit", "TIMEOUT", partial);
    case 4: {
        StopCase one = made(StopBucket::ExternalStop, "stream without an end", "", partial);
        one.stream = streamOf(partial, "", false, false);
        one.facts += " flag=streamed";
        return one;
    }
    default: {
        StopCase one = made(StopBucket::ExternalStop, "stream with an error", "", partial);
        one.stream = streamOf(partial, "", m_random.oneIn(2), true);
        one.facts += " flag=streamed";
        return one;
    }
    }
}

StopCase StopCases::degenerateLoop()
{
    const std::string word = m_random.oneIn(2) ? cleanWord() : m_random.oneIn(2) ? lengthWord() : "";
    switch (m_random.below(5)) {
    case 0:
        return made(StopBucket::DegenerateLoop, "word of a repetition", "repetition", m_texts.prose(m_random));
    case 1: {
        StopCase one = made(StopBucket::DegenerateLoop, "equal calls", callWord(), "");
        const std::string tool = pick(std::array{"track_parcel", "read_file", "search_orders"});
        const std::string arguments = "{\"id\": \"P" + std::to_string(m_random.below(9'000)) + "\"}";
        const std::string result = pick(std::array{"{\"error\": \"503\"}", "Error: no such file", "{\"hits\": []}"});
        const auto times = 3 + m_random.below(6);
        for (std::uint32_t i = 0; i < times; ++i)
            one.before.push_back({tool, arguments, result});
        one.content.output = {asked(tool, "last", arguments)};
        return one;
    }
    default: {
        std::string unit = m_texts.sentence(m_random);
        if (m_random.oneIn(3))
            unit += ' ' + m_texts.sentence(m_random);
        const std::string between = m_random.oneIn(2) ? "\n" : " ";
        std::string text = m_texts.sentence(m_random) + ' ';
        const auto times = 5 + m_random.below(12);
        for (std::uint32_t i = 0; i < times; ++i)
            text += unit + between;
        if (m_random.oneIn(2))
            text += unit.substr(0, unit.size() / 2);
        StopCase one = made(StopBucket::DegenerateLoop, "repeated sentences", word, text);
        mayStream(one, word.empty() ? "stop" : word);
        return one;
    }
    }
}

StopCase StopCases::declined()
{
    if (m_random.oneIn(4))
        return made(StopBucket::Declined, "word of a refusal or filter",
                    pick(std::array{"refusal", "SAFETY", "content_filter", "content-filter", "guardrail_intervened",
                                    "RECITATION", "PROHIBITED_CONTENT", "ERROR_TOXIC"}),
                    m_random.oneIn(2) ? cutInside(m_texts.prose(m_random)) : "");
    const std::string act = pick(std::array{
        "give you the address of another customer", "write a text that makes fun of a colleague",
        "explain how to open a car that is not yours", "tell you which medicine to take instead",
        "log in to your bank for you", "promise a price below what we paid", "copy the whole book for you",
        "help with getting around the lock on this device", "share what other customers wrote",
        "make up a review of a tent that you have not bought", "help you hurt somebody",
        "provide instructions for making such a device", "pretend to be your doctor", "write this letter in her name"});
    std::string text = pick(std::array{"I'm sorry, but I can't ", "I cannot ", "I won't ", "I'm not able to ",
                                       "Unfortunately, I can’t ", "Sorry, but I am unable to ", "I must decline to ",
                                       "As an AI, I cannot ", "I’m sorry, I’m not allowed to ", "We cannot "}) +
                       act + '.';
    if (m_random.oneIn(2))
        text += pick(std::array{" That would be against the law.", " It is private.", " It could harm people.",
                                " It would not be right.", " Our guidelines do not allow it.", " It is not ethical."});
    if (m_random.oneIn(2))
        text += pick(std::array{
            " If you have another question, I am glad to help.", " You may ask the people who sold it to you.",
            " Is there something else that I can do for you?", " I can tell you where to find help, though."});
    const std::string word = m_random.oneIn(4) ? "" : cleanWord();
    StopCase one = made(StopBucket::Declined, "refusal in prose", word, text);
    if (m_random.oneIn(5)) {
        one.what = "refusal that the vendor marks";
        one.content.output[0].parts[0].kind = PartKind::Refusal;
    }
    mayStream(one, word.empty() ? "stop" : word);
    return one;
}

StopCase StopCases::budgetCut()
{
    std::string what;
    const std::string text = m_random.oneIn(4) ? wholeText(what) : brokenText(what);
    if (m_random.oneIn(4)) {
        StopCase one = made(StopBucket::BudgetCut, "as many tokens as allowed", cleanWord(), text);
        const std::string limit = std::to_string(64U << m_random.below(7));
        const std::string key = pick(std::array{"gen_ai.request.max_tokens", "llm.invocation_parameters",
                                                "ai.settings.maxOutputTokens", "request.max_completion_tokens"});
        const bool inDocument = key == "llm.invocation_parameters";
        one.content.attributes = {{key, inDocument ? "{\"temperature\": 0, \"max_tokens\": " + limit + "}" : limit,
                                   inDocument ? AttributeType::Json : AttributeType::Number}};
        one.content.usage.input = 900;
        one.content.usage.output = std::stoll(limit);
        return one;
    }
    const std::string word = m_random.oneIn(5)
                                 ? pick(std::array{"model_context_window_exceeded", "model_length", "ERROR_LIMIT"})
                                 : lengthWord();
    StopCase one = made(StopBucket::BudgetCut, "word of a limit", word, text);
    mayStream(one, word);
    return one;
}

StopCase StopCases::handoff()
{
    const std::string arguments = "{\"id\": " + std::to_string(m_random.below(9'000)) + ", \"why\": \"" +
                                  m_texts.sentence(m_random).substr(0, 20) + "\"}";
    switch (m_random.below(6)) {
    case 0:
        return made(StopBucket::Handoff, "word of a pause", pick(std::array{"pause_turn", "CONTINUATION"}),
                    m_texts.prose(m_random));
    case 1:
        return made(StopBucket::Handoff, "word of a call that cannot be read",
                    pick(std::array{"MALFORMED_FUNCTION_CALL", "malformed_tool_use", "UNEXPECTED_TOOL_CALL"}), "");
    case 2:
        return made(StopBucket::Handoff, "word of a call, no output recorded",
                    pick(std::array{"tool_use", "tool_calls", "TOOL_CALL"}), "");
    default: {
        StopCase one = made(StopBucket::Handoff, "call", m_random.oneIn(6) ? "" : callWord(), "");
        Message message = asked(pick(std::array{"get_order", "search", "cancel_order", "bash"}), "c9", arguments);
        if (m_random.oneIn(2))
            message.parts.insert(message.parts.begin(),
                                 said(Role::Assistant, pick(std::array{"Let me look that up:", "I will check",
                                                                       "First the order, then the"}))
                                     .parts[0]);
        one.content.output = {message};
        if (m_random.oneIn(2))
            one.before.push_back({"get_customer", "{}", "{\"name\": \"Ada\"}"});
        return one;
    }
    }
}

StopCase StopCases::silentTruncation()
{
    const std::string word = m_random.oneIn(5) ? "" : cleanWord();
    if (m_random.oneIn(6)) {
        StopCase one = made(StopBucket::SilentTruncation, "promise", word,
                            m_texts.sentence(m_random) + ' ' +
                                pick(std::array{"Let me check the order now.", "I will now look for another one.",
                                                "Next, I'll run the tests again.",
                                                "Let me search the archive:", "Now I am going to update the file."}));
        one.before.push_back({"get_order", "{\"id\": 7}", "{\"id\": 7, \"state\": \"sent\"}"});
        return one;
    }
    if (m_random.oneIn(5)) {
        const int announced = 3 + static_cast<int>(m_random.below(4));
        const int given = 1 + static_cast<int>(m_random.below(static_cast<std::uint32_t>(announced - 1)));
        return made(StopBucket::SilentTruncation, "fewer items than announced", word,
                    m_texts.sentence(m_random) + "\n\n" + list(announced, given));
    }
    std::string what;
    const std::string text = brokenText(what);
    StopCase one = made(StopBucket::SilentTruncation, what.c_str(), word, text);
    mayStream(one, word.empty() ? "stop" : word);
    return one;
}

/// Whole JSON, with all members that the schema of its request asks for or without one.
StopCase StopCases::document()
{
    const bool whole = m_random.oneIn(3);
    constexpr std::array members{"title", "price", "city", "count"};
    std::string schema;
    std::string answer;
    const auto left = m_random.below(static_cast<std::uint32_t>(members.size()));
    for (std::uint32_t i = 0; i < members.size(); ++i) {
        const std::string name = '"' + std::string(members[i]) + '"';
        schema += (schema.empty() ? "" : ", ") + name;
        if (whole || i != left)
            answer += (answer.empty() ? "" : ", ") + name + ": " + std::to_string(m_random.below(900));
    }
    StopCase one =
        made(whole ? StopBucket::Complete : StopBucket::FalseCompletion,
             whole ? "document as its schema asks for" : "document without a member", cleanWord(), '{' + answer + '}');
    const std::string format =
        R"({"type": "json_schema", "json_schema": {"name": "offer", "schema": {"type": "object", "required": [)" +
        schema + "]}}}";
    const bool inDocument = m_random.oneIn(2);
    one.content.attributes = {{inDocument ? "llm.invocation_parameters" : "gen_ai.request.response_format",
                               inDocument ? "{\"temperature\": 0, \"response_format\": " + format + "}" : format,
                               AttributeType::Json}};
    return one;
}

/// An agent writes down what is to be done, and says in the end that all of it is.
StopCase StopCases::itemList()
{
    const bool whole = m_random.oneIn(3);
    const auto items = 2 + m_random.below(5);
    const auto left = whole ? 0 : 1 + m_random.below(items - 1);
    std::string todos;
    for (std::uint32_t i = 0; i < items; ++i)
        todos += std::string(i > 0 ? ", " : "") + R"({"content": "step )" + std::to_string(i) + R"(", "status": ")" +
                 (i < items - left ? "completed" : "pending") + "\"}";
    StopCase one =
        made(whole ? StopBucket::Complete : StopBucket::FalseCompletion,
             whole ? "all is done, and the list says so" : "all is done, but the list has open items", cleanWord(),
             pick(std::array{"All tasks are complete.", "Everything is done.", "I have completed all steps.",
                             "All items have been finished."}));
    const bool plan = m_random.oneIn(2);
    one.before.push_back(
        {plan ? "update_plan" : "TodoWrite", (plan ? "{\"plan\": [" : "{\"todos\": [") + todos + "]}", "ok"});
    return one;
}

StopCase StopCases::falseCompletion()
{
    if (m_random.oneIn(4))
        return document();
    if (m_random.oneIn(4))
        return itemList();
    struct Act {
        const char* tool;
        const char* claim;
    };
    constexpr std::array<Act, 6> acts{{{"cancel_order", "I have cancelled your order."},
                                       {"issue_refund", "I have refunded the amount."},
                                       {"send_label", "I've sent you a new label."},
                                       {"book_repair", "I have booked the repair for you."},
                                       {"delete_address", "I have deleted the old address."},
                                       {"cancel_order", "Your order has been cancelled."}}};
    const Act& act = acts[m_random.below(acts.size())];
    const std::string word = cleanWord();
    std::string text = act.claim;
    if (m_random.oneIn(2))
        text = "Thank you for your patience. " + text;
    if (m_random.oneIn(2))
        text += " Is there anything else that I can do for you?";
    StopCase one = made(StopBucket::FalseCompletion, "claimed, and nothing called", word, text);
    one.before.push_back({"get_order", "{\"id\": 7}", "{\"id\": 7, \"state\": \"sent\"}"});
    switch (m_random.below(3)) {
    case 0:
        one.what = "claimed, and its call failed";
        one.before.push_back({act.tool, "{\"id\": 7}",
                              pick(std::array{"{\"error\": \"too late\"}", "Error: 503", "{\"success\": false}"})});
        break;
    case 1:
        one.what = "claimed, and its call went well";
        one.truth = StopBucket::Complete;
        one.before.push_back({act.tool, "{\"id\": 7}", pick(std::array{"{\"status\": \"ok\"}", "done"})});
        break;
    default:
        break;
    }
    return one;
}

StopCase StopCases::complete()
{
    std::string what;
    const std::string text = wholeText(what);
    const std::string word = m_random.oneIn(6) ? "" : m_random.oneIn(8) ? "stop_sequence" : cleanWord();
    StopCase one = made(StopBucket::Complete, what.c_str(), word, text);
    if (m_random.oneIn(4))
        one.before.push_back({"get_order", "{\"id\": 7}", "{\"id\": 7, \"state\": \"sent\"}"});
    mayStream(one, word.empty() ? "stop" : word);
    return one;
}

StopCase StopCases::unknown()
{
    if (m_random.oneIn(3))
        return made(StopBucket::Unknown, "no answer recorded", m_random.oneIn(2) ? cleanWord() : "", "");
    std::string what;
    return made(StopBucket::Unknown, "word that says nothing",
                pick(std::array{"eager_stop", "OTHER", "FINISH_REASON_UNSPECIFIED", "halted", "terminal_7"}),
                wholeText(what));
}

} // namespace arcscope::evaluation

namespace
{

SpanStop judged(const StopCase& one)
{
    std::string lines;
    for (std::size_t i = 0; i < one.before.size(); ++i)
        lines += "t m" + std::to_string(i) + " - model " + std::to_string(100 * i) + '-' +
                 std::to_string(100 * i + 50) + " stop=tool_use\n";
    lines += "t final - model 90000-90100 " + one.facts + '\n';
    TraceScript script(lines);
    const Row row = rowNamed(script.corpus, "final");
    script.contents[row] = one.content;
    for (std::size_t i = 0; i < one.before.size(); ++i) {
        const std::string id = "c" + std::to_string(i);
        const StopCase::Exchange& exchange = one.before[i];
        script.content("m" + std::to_string(i)).output = {asked(exchange.tool, id, exchange.arguments)};
        SpanContent& next =
            i + 1 < one.before.size() ? script.content("m" + std::to_string(i + 1)) : script.contents[row];
        next.input.push_back(returned(id, exchange.result));
    }
    if (one.stream)
        script.streams.emplace(row, analysed(*one.stream, {}, {}));
    ScriptedTrace trace(script, 0);
    for (const SpanStop& stop : trace.stops()) {
        if (stop.row == row)
            return stop;
    }
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    constexpr int ofEach = 300;
    constexpr double goal = 0.98;
    const bool show = argc > 1 && std::string(argv[1]) == "--show";
    const NaturalTexts texts(ARCSCOPE_TEST_DATA, ARCSCOPE_SAMPLES);
    if (!texts.enough())
        return 3;
    StopCases cases(texts, 20'260'311);
    constexpr std::array recipes{&StopCases::externalStop,    &StopCases::degenerateLoop, &StopCases::declined,
                                 &StopCases::budgetCut,       &StopCases::handoff,        &StopCases::silentTruncation,
                                 &StopCases::falseCompletion, &StopCases::complete,       &StopCases::unknown};
    std::array<std::array<int, stopBucketCount>, stopBucketCount> table{};
    std::map<std::string, std::pair<int, int>> byRecipe; // right, all
    int right = 0;
    int all = 0;
    for (const auto recipe : recipes) {
        for (int i = 0; i < ofEach; ++i) {
            const StopCase one = (cases.*recipe)();
            const SpanStop stop = judged(one);
            ++table[static_cast<std::size_t>(one.truth)][static_cast<std::size_t>(stop.bucket)];
            auto& [good, count] = byRecipe[std::string(name(one.truth)) + ": " + one.what];
            ++count;
            ++all;
            good += stop.bucket == one.truth ? 1 : 0;
            right += stop.bucket == one.truth ? 1 : 0;
            if (show && stop.bucket != one.truth && !one.content.output.empty())
                std::printf("%s (%s, %s) is told as %s by %s:\n%s\n\n", std::string(name(one.truth)).c_str(),
                            one.what.c_str(), one.facts.c_str(), std::string(name(stop.bucket)).c_str(),
                            std::string(stop.rule).c_str(), one.content.output[0].parts[0].text.c_str());
        }
    }
    std::printf("%-18s", "");
    for (int i = 0; i < stopBucketCount; ++i)
        std::printf("%9.9s", std::string(name(static_cast<StopBucket>(i))).c_str());
    for (int i = 0; i < stopBucketCount; ++i) {
        std::printf("\n%-18s", std::string(name(static_cast<StopBucket>(i))).c_str());
        for (const int count : table[static_cast<std::size_t>(i)])
            std::printf("%9d", count);
    }
    std::printf("\n");
    for (const auto& [recipe, counts] : byRecipe)
        std::printf("  %-58s %4d of %4d\n", recipe.c_str(), counts.first, counts.second);
    const double accuracy = static_cast<double>(right) / all;
    std::printf("right %d of %d: %.4f, goal >= %.2f: %s\n", right, all, accuracy, goal,
                accuracy >= goal ? "met" : "MISSED");
    return accuracy >= goal ? 0 : 1;
}
