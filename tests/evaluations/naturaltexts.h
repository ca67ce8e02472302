// Texts that people wrote, out of the documents, the sources and the sample answers of this project, as material for
// answers whose end is known.
#pragma once

#include "agentprose.h"
#include "randomnumbers.h"

#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope::evaluation
{

class NaturalTexts
{
public:
    /// `data`, `samples`: folders of the project.
    NaturalTexts(const std::string& data, const std::string& samples)
    {
        const std::string prose = contents(data + "/speculation/prose.txt");
        eachLine(prose, [&](std::string_view line) {
            if (isParagraph(line))
                m_paragraphs.emplace_back(line);
        });
        eachLine(contents(data + "/speculation/code.txt"), [&](std::string_view line) { m_code.emplace_back(line); });
        for (const auto& file : std::filesystem::directory_iterator(samples + "/support-week")) {
            for (const JsonStory& story : recordsOf(file.path().string()))
                readAnswers(story);
        }
        for (const std::string& paragraph : m_paragraphs) {
            for (std::size_t at = 0; at < paragraph.size();) {
                const std::size_t end = std::min(paragraph.find(". ", at), paragraph.size() - 1);
                const std::string_view sentence = std::string_view(paragraph).substr(at, end + 1 - at);
                if (sentence.size() > 40 && sentence.size() < 200 && isParagraph(sentence))
                    m_sentences.emplace_back(sentence);
                at = end + 2;
            }
        }
    }

    bool enough() const { return m_paragraphs.size() > 50 && m_answers.size() > 50 && m_code.size() > 200; }

    const std::string& paragraph(bench::Random& random) const { return any(m_paragraphs, random); }
    const std::string& sentence(bench::Random& random) const { return any(m_sentences, random); }
    /// Of the support agent of the samples, whole, under a clean stop.
    const std::string& answer(bench::Random& random) const { return any(m_answers, random); }

    std::string prose(bench::Random& random) const
    {
        std::string text = random.oneIn(3) ? answer(random) : paragraph(random);
        for (std::uint32_t more = random.below(3); more > 0; --more)
            text += (random.oneIn(2) ? "\n\n" : " ") + paragraph(random);
        return text;
    }

    std::string code(bench::Random& random) const
    {
        std::string text;
        const auto lines = 6 + random.below(14);
        const auto first = random.below(static_cast<std::uint32_t>(m_code.size()) - lines);
        for (std::uint32_t i = first; i < first + lines; ++i)
            text += m_code[i] + '\n';
        return text;
    }

    static const std::string& any(const std::vector<std::string>& from, bench::Random& random)
    {
        return from[random.below(static_cast<std::uint32_t>(from.size()))];
    }

private:
    template <typename Call>
    static void eachLine(const std::string& text, Call call)
    {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            call(std::string_view(text).substr(at, end - at));
            at = end + 1;
        }
    }

    static bool isParagraph(std::string_view text)
    {
        return text.size() > 40 && text.size() < 700 && text.ends_with('.') &&
               std::isupper(static_cast<unsigned char>(text.front())) != 0 &&
               std::count(text.begin(), text.end(), ' ') > 5 && text.find('`') == std::string_view::npos;
    }

    /// Of calls that ended cleanly without a tool call, where the file says "end_turn" or "stop" of them. What the
    /// samples plant into such answers is left out by its signs: see isWhole().
    void readAnswers(const JsonStory& story)
    {
        JsonReading reading(story);
        for (JsonIndex node = 0; node < story.size(); ++node) {
            if (reading.kind(node) != JsonKind::Object || textOf(reading, "key", node) != "gen_ai.output.messages")
                continue;
            const JsonIndex value = reading.member(node, "value");
            const std::string messages = value < 0 ? std::string() : textOf(reading, "stringValue", value);
            JsonStory inner;
            inner.feed(messages);
            if (inner.finish() != JsonState::Complete)
                continue;
            JsonReading message(inner);
            const auto type = message.find("/0/parts/0/type");
            const auto content = message.find("/0/parts/0/content");
            const auto more = message.find("/0/parts/1");
            const auto reason = message.find("/0/finish_reason");
            if (!type || !content || more || !reason || message.text(*type) != "text")
                continue;
            const std::string word = message.text(*reason);
            if (word == "stop" || word == "end_turn")
                addAnswer(message.text(*content));
        }
    }

    /// The samples plant false claims, refusals and cuts under clean words; a few plain patterns keep those out.
    void addAnswer(std::string text)
    {
        for (const char* planted :
             {"I can't", "I cannot", "I'm sorry, but", "refunded", "All 41", "```", "Leeds", "five steps"}) {
            if (text.find(planted) != std::string::npos)
                return;
        }
        if (text.size() > 60 && (text.ends_with('.') || text.ends_with('?') || text.ends_with('!')))
            m_answers.push_back(std::move(text));
    }

    std::vector<std::string> m_paragraphs;
    std::vector<std::string> m_sentences;
    std::vector<std::string> m_answers;
    std::vector<std::string> m_code;
};

} // namespace arcscope::evaluation
