// The recipes of StopCases: what leads to each bucket, and what only looks like it.
#pragma once

#include "stopcases.h"

namespace arcscope::evaluation
{

using testing::asked;
using testing::said;

inline StopCase StopCases::made(StopBucket truth, const char* what, const std::string& word, std::string text)
{
    StopCase one;
    one.truth = truth;
    one.what = what;
    if (!word.empty())
        one.facts = "stop=" + word;
    if (!text.empty())
        one.content.output = {said(Role::Assistant, std::move(text))};
    return one;
}

inline PackedStream StopCases::streamOf(const std::string& text, const std::string& word, bool ends, bool error)
{
    StreamWriter writer;
    Nanos time = 0;
    const auto add = [&](StreamEventKind kind, std::string_view what) {
        StreamEvent event;
        event.kind = kind;
        event.time = time += 40 * millisecond;
        event.text = what;
        writer.add(event);
    };
    add(StreamEventKind::Start, {});
    for (std::size_t at = 0; at < text.size();) {
        std::size_t size = std::min<std::size_t>(text.size() - at, 3 + m_random.below(12));
        while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0u) == 0x80u)
            ++size;
        add(StreamEventKind::Chunk, std::string_view(text).substr(at, size));
        at += size;
    }
    if (error)
        add(StreamEventKind::Error, "overloaded_error");
    if (!word.empty())
        add(StreamEventKind::Stop, word);
    if (ends)
        add(StreamEventKind::End, {});
    return writer.take();
}

/// A third of what has a text is recorded as a stream that ends as it should.
inline void StopCases::mayStream(StopCase& one, const std::string& word)
{
    if (!m_random.oneIn(3) || one.content.output.empty() || one.content.output[0].parts[0].kind != PartKind::Text)
        return;
    one.stream = streamOf(one.content.output[0].parts[0].text, word, true, false);
    one.facts += " flag=streamed";
}

/// A document of names and sentences.
inline std::string StopCases::json(bool pretty)
{
    const std::string line = pretty ? "\n  " : "";
    const std::string colon = pretty ? ": " : ":";
    const auto quoted = [](std::string text) {
        std::erase_if(text, [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; });
        return '"' + text + '"';
    };
    std::string text = "{" + line + "\"title\"" + colon + quoted(m_texts.sentence(m_random)) + ',' + line +
                       "\"count\"" + colon + std::to_string(m_random.below(900)) + ',' + line + "\"items\"" + colon +
                       '[';
    const auto items = 2 + m_random.below(4);
    for (std::uint32_t i = 0; i < items; ++i)
        text += std::string(i > 0 ? "," : "") + (pretty ? "\n    " : "") + "{\"id\"" + colon +
                std::to_string(100 + m_random.below(900)) + ", \"text\"" + colon + quoted(m_texts.sentence(m_random)) +
                '}';
    return text + (pretty ? "\n  ]\n}" : "]}");
}

inline std::string StopCases::list(int announced, int given)
{
    constexpr std::array words{"two", "three", "four", "five", "six", "seven"};
    const std::string count =
        m_random.oneIn(2) ? words[static_cast<std::size_t>(announced - 2)] : std::to_string(announced);
    const std::string noun = pick(std::array{"steps", "points", "things", "reasons", "options", "tips"});
    const std::string mark = pick(std::array{"1.", "1)", "-", "**1.**", "### 1."});
    std::string text = pick(std::array{"Here are ", "There are ", "In short, these are the ", "I see "}) + count + ' ' +
                       pick(std::array{"", "main ", "simple ", ""}) + noun + ':' + (m_random.oneIn(2) ? "\n\n" : "\n");
    for (int i = 1; i <= given; ++i) {
        std::string item = mark;
        if (const std::size_t digit = item.find('1'); digit != std::string::npos)
            item[digit] = static_cast<char>('0' + i);
        text += item + ' ' + m_texts.sentence(m_random) + (mark == "### 1." ? "\n\n" : "\n");
    }
    return text;
}

inline std::string StopCases::table(std::size_t rows)
{
    std::string text = "| name | count | remark |\n|---|---|---|\n";
    for (std::size_t i = 0; i < rows; ++i)
        text += "| item " + std::to_string(i + 1) + " | " + std::to_string(m_random.below(500)) + " | " +
                m_texts.sentence(m_random) + " |\n";
    return text;
}

/// Somewhere behind the first third, within a sentence: between letters or behind a word that another one follows.
inline std::string StopCases::cutInside(const std::string& text)
{
    const auto letter = [&](std::size_t at) { return std::isalpha(static_cast<unsigned char>(text[at])) != 0; };
    for (int tries = 0; tries < 200; ++tries) {
        const std::size_t at = text.size() / 3 + m_random.below(static_cast<std::uint32_t>(text.size() * 2 / 3));
        if (at < 2 || at + 2 >= text.size())
            continue;
        const bool inWord = letter(at - 1) && letter(at);
        const bool betweenWords =
            letter(at - 1) && text[at] == ' ' && std::islower(static_cast<unsigned char>(text[at + 1])) != 0;
        if (inWord || betweenWords)
            return text.substr(0, at);
    }
    return text.substr(0, text.find(' ', text.size() / 2));
}

inline std::string StopCases::wholeText(std::string& what)
{
    switch (m_random.below(13)) {
    case 0:
    case 1:
    case 2:
        what = "prose";
        return m_texts.prose(m_random);
    case 3:
        what = "sample answer";
        return m_texts.answer(m_random);
    case 4:
        what = "document";
        return json(m_random.oneIn(2));
    case 5:
        what = "document in a block";
        return m_texts.sentence(m_random) + "\n\n```json\n" + json(true) + "\n```" +
               (m_random.oneIn(2) ? "\n\n" + m_texts.sentence(m_random) : std::string());
    case 6:
        what = "code in a block";
        return m_texts.sentence(m_random) + "\n\n```cpp\n" + m_texts.code(m_random) + "```\n";
    case 7: {
        what = "list of as many items as announced";
        const int count = 2 + static_cast<int>(m_random.below(5));
        return m_texts.sentence(m_random) + "\n\n" + list(count, count);
    }
    case 8:
        what = "table";
        return m_texts.sentence(m_random) + "\n\n" + table(2 + m_random.below(4));
    case 9:
        what = "label";
        return pick(std::array{"billing", "Yes", "NO", "refund_request", "42", "3.5 kg", "Oslo", "Not found",
                               "positive", "2026-03-09"});
    case 10:
        what = "apology or report";
        return pick(std::array{
                   "I am sorry about the delay. ", "I'm sorry that the first answer did not help. ",
                   "You cannot return it once it is used. ",
                   "I could not find the first file, so I took the "
                   "second. ",
                   "The program can't read a file that is locked. ", "I don't sleep in tents, so I go by the notes. ",
                   "It is not possible to pay by cheque. ", "I can't recommend it enough. ", "Sorry for the wait! "}) +
               m_texts.prose(m_random);
    case 11: {
        what = "bare items";
        std::string text = m_texts.sentence(m_random) + "\n\n";
        for (std::uint32_t i = 3 + m_random.below(4); i > 0; --i)
            text += "- " +
                    pick(std::array{"tent", "two poles", "pegs", "repair kit", "ground sheet", "stove",
                                    "map and compass"}) +
                    '\n';
        return text;
    }
    default:
        what = "question or offer";
        return m_texts.prose(m_random) + "\n\n" +
               pick(std::array{"Would you like me to send it?", "Let me know if it works.", "Shall I go on?",
                               "Does that help?", "I'll be here if you need more."});
    }
}

inline std::string StopCases::brokenText(std::string& what)
{
    switch (m_random.below(8)) {
    case 0:
        what = "cut document";
        {
            const std::string whole = json(m_random.oneIn(2));
            return whole.substr(0, 2 + m_random.below(static_cast<std::uint32_t>(whole.size()) - 3));
        }
    case 1: {
        what = "cut document in a block";
        const std::string whole = json(true);
        return m_texts.sentence(m_random) + "\n\n```json\n" +
               whole.substr(0, 2 + m_random.below(static_cast<std::uint32_t>(whole.size()) - 3));
    }
    case 2: {
        what = "cut code in a block";
        const std::string whole = m_texts.code(m_random);
        return m_texts.sentence(m_random) + "\n\n```cpp\n" +
               whole.substr(0, 5 + m_random.below(static_cast<std::uint32_t>(whole.size()) - 5));
    }
    case 3: {
        what = "cut table";
        const std::string whole = table(3);
        return m_texts.sentence(m_random) + "\n\n" + whole.substr(0, whole.size() - 5 - m_random.below(30));
    }
    default:
        what = "cut prose";
        return cutInside(m_texts.prose(m_random));
    }
}

} // namespace arcscope::evaluation
