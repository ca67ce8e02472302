// Traces that are invented from dice: what an evaluation plants stands in talks of any form, between talk of other
// things.
#pragma once

#include "streamanalysis.h"
#include "treegenerator.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace arcscope::evaluation
{

using testing::Dice;

/// One corpus that is invented; the same of a seed on every machine.
class Invention
{
public:
    explicit Invention(std::uint64_t seed)
        : dice(Dice(seed).next()) // dice of seeds that follow each other give the same numbers, one later
    {
    }

    template <std::size_t N>
    std::string one(const char* const (&all)[N])
    {
        return all[dice.next() % N];
    }
    /// One that was not drawn before.
    template <std::size_t N>
    std::string fresh(const char* const (&all)[N])
    {
        for (int tries = 0; tries < 200; ++tries) {
            const std::string drawn = one(all);
            if (m_drawn.insert(drawn).second)
                return drawn;
        }
        return one(all);
    }
    std::string number(long least, long most) { return std::to_string(dice.from(least, most)); }

    std::string thing()
    {
        return fresh({"lamp",     "chair",  "kettle",    "tent",    "bicycle", "printer", "jacket",   "camera",
                      "backpack", "stove",  "mirror",    "clock",   "desk",    "monitor", "keyboard", "sofa",
                      "drill",    "piano",  "umbrella",  "blender", "carpet",  "ladder",  "toaster",  "guitar",
                      "suitcase", "helmet", "telescope", "freezer", "curtain", "heater",  "wallet",   "router"});
    }
    std::string kind()
    {
        return fresh({"broken", "green", "old", "small", "wooden", "heavy", "red", "new", "blue", "round", "spare",
                      "folding", "black", "tall", "white", "cheap", "used", "grey"});
    }
    /// "green lamp": nothing else is called so.
    std::string item() { return kind() + ' ' + thing(); }
    std::string city()
    {
        return fresh({"Oslo", "Lisbon", "Bergen", "Leeds", "Kiel", "Porto", "Vienna", "Ghent", "Turin", "Cork", "Malmo",
                      "Bremen", "Dublin", "Zurich", "Boston", "Seattle", "Denver", "Austin"});
    }
    std::string person()
    {
        return fresh({"Anna",  "Boris", "Carla", "David", "Elena", "Felix", "Grace",   "Henry", "Irene", "Jonas",
                      "Karin", "Louis", "Maria", "Nadia", "Oscar", "Paula", "Quentin", "Rosa",  "Simon", "Tilda"});
    }
    std::string day() { return fresh({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}); }
    std::string month()
    {
        return fresh({"January", "February", "April", "June", "July", "August", "September", "October", "November"});
    }
    /// "ORD-48213"
    std::string code() { return one({"ORD", "TCK", "INV", "RMA", "PKG"}) + '-' + number(10'000, 99'999); }

    SpanContent& span(const std::string& trace, const std::string& id, const std::string& parent, const char* kind,
                      long from, long to, const std::string& facts = {})
    {
        lines += trace + ' ' + id + ' ' + parent + ' ' + kind + ' ' + std::to_string(from) + '-' + std::to_string(to) +
                 ' ' + facts + '\n';
        return contents[id];
    }
    SpanContent& content(const std::string& id) { return contents[id]; }

    testing::TraceScript script()
    {
        testing::TraceScript made(lines);
        for (const auto& [id, content] : contents)
            made.content(id) = content;
        for (auto& [id, stream] : streams) {
            const Row row = testing::rowNamed(made.corpus, id);
            const TimeRange range = made.corpus.spans.range(row);
            StreamAnalysis analysis = analysed(stream, {range.start, range.end, noTime}, contents[id].attributes);
            addRuns(analysis, toolRuns(made.corpus, row));
            made.streams.emplace(row, std::move(analysis));
        }
        return made;
    }

    Dice dice;
    std::string lines; ///< of addSpans()
    std::map<std::string, SpanContent> contents;
    std::map<std::string, PackedStream> streams;

private:
    std::set<std::string> m_drawn;
};

/// A talk of a user with an assistant that uses tools, as one of several kinds of programs would record it.
class InventedTalk
{
public:
    explicit InventedTalk(Invention& in, std::string trace = "t", std::string facts = {})
        : m_in(in)
        , m_trace(std::move(trace))
        , m_facts(std::move(facts))
        , m_root(in.dice.oneIn(2))
        , m_whole(!in.dice.oneIn(5))
        , m_toolSpans(!in.dice.oneIn(3))
        , m_words(static_cast<int>(in.dice.from(0, 2)))
        , m_now(in.dice.from(1, 9) * 1'000)
    {
        if (in.dice.oneIn(2))
            add(testing::said(Role::System, in.one({"You are a clerk.", "You help customers of a shop. Be brief.",
                                                    "Answer politely.", "You are a helpful assistant."})));
    }
    InventedTalk(const InventedTalk&) = delete;
    InventedTalk& operator=(const InventedTalk&) = delete;
    ~InventedTalk()
    {
        if (m_root)
            m_in.span(m_trace, m_trace + "-root", "-", "agent", 0, m_now + 10, m_facts);
    }

    void add(Message message)
    {
        m_history.push_back(message);
        m_new.push_back(std::move(message));
    }
    void user(std::string text, std::string name = {})
    {
        wait(m_in.dice.from(2, 40) * 1'000);
        Message message = testing::said(Role::User, std::move(text));
        message.name = std::move(name);
        add(std::move(message));
    }
    /// A model call with this answer; `facts` of its span.
    std::string says(const std::string& text, const std::string& facts = {})
    {
        return answers(testing::said(Role::Assistant, text), facts, m_words == 1 ? "end_turn" : "stop");
    }
    /// A model call that asks for a tool, and what comes of it.
    std::string uses(const std::string& tool, const std::string& arguments, const std::string& result,
                     bool failed = false, const std::string& before = {})
    {
        const std::string id = "call_" + m_trace + std::to_string(++m_count);
        Message message = testing::asked(tool, id, arguments);
        if (!before.empty())
            message.parts.insert(message.parts.begin(), testing::said(Role::Assistant, before).parts[0]);
        answers(std::move(message), {}, m_words == 1 ? "tool_use" : "tool_calls");
        const long from = m_now + 1;
        m_now += m_in.dice.from(50, 900);
        const std::string span = m_trace + "-" + id;
        if (m_toolSpans) {
            SpanContent& content = m_in.span(m_trace, span, parent(), "tool", from, m_now,
                                             m_facts + " tool=" + tool + (failed ? " status=error" : ""));
            content.toolArguments = arguments;
            content.toolResult = result;
            content.toolFailed = failed;
        }
        add(testing::returned(id, result, failed));
        return m_toolSpans ? span : std::string();
    }
    void wait(long milliseconds) { m_now += milliseconds; }
    /// The next model call takes so much longer.
    void slow(long milliseconds) { m_slow = milliseconds; }
    long now() const { return m_now; }
    /// Calls of tools are recorded as spans, too.
    void recordTools() { m_toolSpans = true; }
    void recordWords(bool record) { m_words = record ? std::max(m_words, 1) : 0; }
    std::string parent() const { return m_root ? m_trace + "-root" : "-"; }

    /// Up to two questions about other things, each answered.
    void chat(int most = 2)
    {
        for (long i = m_in.dice.from(0, most); i > 0; --i) {
            const std::string what = m_in.thing();
            switch (m_in.dice.from(0, 4)) {
            case 0:
                user("Do you sell " + what + "s?");
                says("Yes, there are " + what + "s of several makers in our shop.");
                break;
            case 1:
                user("Which " + what + " do people like best?");
                says("Most people take the one with the long warranty.");
                break;
            case 2:
                user("Can I pay for a " + what + " by card?");
                says("You can pay for it by card or in cash.");
                break;
            case 3:
                user("My neighbour has a " + what + " and is happy with it.");
                says("That is good to hear.");
                break;
            default:
                user("Tell me something about your " + what + "s.");
                says("They are made by a small firm, and each comes with a manual.");
                break;
            }
        }
    }

private:
    std::string answers(Message message, const std::string& facts, const std::string& word)
    {
        const std::string id = m_trace + "-m" + std::to_string(++m_count);
        const long from = m_now + 1;
        m_now += m_in.dice.from(400, 3'000) + m_slow;
        m_slow = 0;
        SpanContent& content = m_in.span(
            m_trace, id, parent(), "model", from, m_now,
            m_facts + ' ' + facts + (m_words > 0 && facts.find("stop=") == std::string::npos ? " stop=" + word : ""));
        content.input = m_whole ? m_history : m_new;
        content.output = {message};
        m_new.clear();
        m_history.push_back(std::move(message));
        return id;
    }

    Invention& m_in;
    std::string m_trace;
    std::string m_facts;
    bool m_root;
    bool m_whole; ///< each call is sent all that was said before
    bool m_toolSpans;
    int m_words; ///< why calls stop: 0 is not recorded
    long m_now;
    long m_slow = 0;
    int m_count = 0;
    std::vector<Message> m_history;
    std::vector<Message> m_new;
};

} // namespace arcscope::evaluation
