// Text that looks like prompts, answers and tool results, written straight into JSON at any depth of escaping.
#pragma once

#include "randomnumbers.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope::bench
{

/// How often a text is wrapped in a JSON string: bare, inside a string, inside a string of JSON inside a string.
enum class Depth { Bare, Quoted, QuotedTwice };

/// A text that is not written yet. The same text can be written at several depths.
struct TextPlan {
    std::uint64_t seed = 0;
    std::uint32_t bytes = 0; ///< written at depth Bare it has this many, and the rest of the last sentence or line
};

TextPlan planText(Random& random, std::uint32_t bytes);

/// The words of all texts: common ones first, picked by Zipf's law.
class Vocabulary
{
public:
    Vocabulary();

    std::string_view word(Random& random) const { return at(m_picks[random.next() >> (64 - pickBits)]); }
    std::string_view foreign(Random& random) const;

    /// About a fifth is code, a tenth JSON, the rest prose with quotes, line ends and characters of 1 to 4 bytes.
    void write(const TextPlan& plan, Depth depth, std::string& out) const;

private:
    static constexpr unsigned pickBits = 18;
    struct Place {
        std::uint32_t offset;
        std::uint32_t size;
    };

    std::string_view at(std::uint32_t index) const
    {
        return {m_letters.data() + m_words[index].offset, m_words[index].size};
    }
    void writeCode(Random& random, Depth depth, std::size_t end, std::string& out) const;
    void writeJson(Random& random, Depth depth, std::size_t end, std::string& out) const;
    void writeProse(Random& random, Depth depth, std::size_t end, std::string& out) const;

    std::string m_letters;
    std::vector<Place> m_words;
    std::vector<std::uint16_t> m_picks;
};

/// `text` as the content of a JSON string, escaped once for each level of `depth`.
void appendEscaped(std::string& out, std::string_view text, Depth depth = Depth::Quoted);

void appendNumber(std::string& out, std::int64_t number);

/// The lowest `digits` hex digits.
void appendHex(std::string& out, std::uint64_t number, int digits = 16);

} // namespace arcscope::bench
