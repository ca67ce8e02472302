// Answers as models write them, of invented words: prose, JSON, code and tables, whole or cut off.
#pragma once

#include "ruletrial.h"

namespace arcscope::evaluation
{

inline std::string complete(Invention& in)
{
    return in.one({"end_turn", "stop", "STOP", "COMPLETE", "completed", "eos_token"});
}
inline std::string cut(Invention& in)
{
    return in.one({"max_tokens", "length", "MAX_TOKENS", "max_output_tokens"});
}
inline std::string asksForCall(Invention& in)
{
    return in.one({"tool_use", "tool_calls", "TOOL_CALL", "function_call"});
}

inline constexpr long sentenceKinds = 6;

inline std::string sentence(Invention& in, long kind)
{
    switch (kind) {
    case 0:
        return "The " + in.item() + " stands in the hall of a house in " + in.city() +
               ", where nobody has moved it for years.";
    case 1:
        return in.person() + " bought it in " + in.month() + " and has carried it through three cities since then.";
    case 2:
        return "Before you clean the " + in.thing() + ", take out the battery and let all of it dry for a day.";
    case 3:
        return "The " + in.item() + " weighs about " + in.number(2, 30) +
               " kilograms, which is less than most people expect.";
    case 4:
        return "Two of the parts of the " + in.item() +
               " are made of wood, and the third one is made of steel that does not rust.";
    default:
        return "People in " + in.city() + " keep a " + in.thing() + " near the window because of the light.";
    }
}

inline std::string sentence(Invention& in)
{
    return sentence(in, in.dice.from(0, sentenceKinds - 1));
}

inline std::string prose(Invention& in, long least = 2, long most = 6)
{
    std::string text;
    const long first = in.dice.from(0, sentenceKinds - 1);
    for (long i = in.dice.from(least, most); i > 0; --i)
        text += (text.empty() ? "" : in.dice.oneIn(4) ? "\n\n" : " ") + sentence(in, (first + i) % sentenceKinds);
    return text;
}

/// Up to a byte within a word or behind one that another one follows, in the second half.
inline std::string cutInside(Invention& in, const std::string& text)
{
    const auto letter = [&](std::size_t at) { return std::isalpha(static_cast<unsigned char>(text[at])) != 0; };
    for (;;) {
        const std::size_t at = text.size() / 2 + in.dice.next() % (text.size() / 2);
        if (at > 2 && at + 2 < text.size() && letter(at - 1) &&
            (letter(at) || (text[at] == ' ' && std::islower(static_cast<unsigned char>(text[at + 1])) != 0)))
            return text.substr(0, at);
    }
}

inline std::string json(Invention& in)
{
    std::string items;
    for (long i = in.dice.from(2, 5); i > 0; --i)
        items += (items.empty() ? "" : ", ") + std::string("{\"name\": \"") + in.item() +
                 "\", \"price\": " + in.number(5, 900) + "}";
    return "{\"shop\": \"" + in.city() + "\", \"items\": [" + items + "], \"checked\": true}";
}

inline std::string code(Invention& in)
{
    const std::string name = in.thing();
    return in.dice.oneIn(2)
               ? "def count_" + name + "(items):\n    total = 0\n    for each in items:\n        total += each." +
                     name + "\n    return total\n"
               : "int count" + name + "(const Items& items) {\n    int total = 0;\n    for (auto& each : items) {\n" +
                     "        total += each." + name + ";\n    }\n    return total;\n}\n";
}

inline std::string table(Invention& in)
{
    std::string text = "| name | count | place |\n|---|---|---|\n";
    for (long i = in.dice.from(2, 5); i > 0; --i)
        text += "| " + in.thing() + " | " + in.number(1, 90) + " | " + in.city() + " |\n";
    return text;
}

/// What it says, whole or with its end left away.
inline std::string structure(Invention& in, bool whole)
{
    const auto part = [&](const std::string& text, std::size_t least) {
        return whole ? text : text.substr(0, least + in.dice.next() % (text.size() - least - 3));
    };
    switch (in.dice.from(0, 4)) {
    case 0:
        return part(json(in), 8);
    case 1:
        return sentence(in) + "\n\n```json\n" + part(json(in), 8) + (whole ? "\n```" : "");
    case 2:
        return sentence(in) + "\n\n```\n" + part(code(in), 12) + (whole ? "```\n\n" + sentence(in) : "");
    case 3: {
        const std::string rows = table(in);
        return sentence(in) + "\n\n" + (whole ? rows : rows.substr(0, rows.size() - 4 - in.dice.next() % 8));
    }
    default:
        return prose(in, 1, 2) + " There are others (among them the " + in.item() +
               (whole ? ") that nobody wants." : ", the " + in.item() + " and the " + in.item());
    }
}

/// An answer, alone or as the last one of a talk.
inline void answer(Invention& in, const std::string& text, const std::string& word,
                   const std::string& ask = "Tell me about it.")
{
    if (in.dice.oneIn(2)) {
        InventedTalk talk(in);
        talk.recordWords(true);
        talk.chat();
        talk.user(ask);
        talk.says(text, "stop=" + word);
        return;
    }
    SpanContent& content = in.span("t", "alone", "-", "model", 100, 2'000 + in.dice.from(1, 999), "stop=" + word);
    content.input = {testing::said(Role::User, ask)};
    content.output = {testing::said(Role::Assistant, text)};
}

} // namespace arcscope::evaluation
