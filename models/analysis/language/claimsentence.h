// A sentence as a claim: its words with base forms, its values and names, what is negated, and how firmly it is said.
#pragma once

#include "languagewords.h"
#include "lexicon.h"
#include "sentences.h"
#include "typedvalues.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// What is known of a word wherever it stands.
struct WordFacts {
    std::string lower;
    std::string base;
    std::uint64_t key = 0;       ///< of the base form
    WordClasses classes = 0;     ///< of the word as it stands
    WordClasses baseClasses = 0; ///< of its base form
    std::optional<WordId> id;    ///< of its base form
    WordBits bits;               ///< of its base form, and of the opposites that we list
    bool noun = false;
    bool verb = false;
    bool adjective = false;
    bool ordinary = false; ///< stands in the lexicon: as the first word of a sentence it is no name
};

/// Words that are opposites, in the lexicon or in our list.
bool areOpposite(const WordFacts& a, const WordFacts& b);

struct ClaimToken {
    std::uint32_t from = 0; ///< bytes of the sentence
    std::uint32_t to = 0;
    const WordFacts* word = nullptr; ///< none of values and signs
    std::uint64_t key = 0;           ///< equal for equal base forms, and for equal values; 0: a sign
    std::int16_t value = -1;         ///< in `values`
    std::int16_t cue = -1;           ///< the token that negates it: it is one of the first content words behind that
    std::uint8_t rank = 0;           ///< of them the how manyth, from 0
    char sign = '\0';                ///< its first byte
    bool capital = false;
    bool content = false;

    bool is(WordClass which) const { return word && has(word->classes, which); }
};

/// What stands before a value or name: it says what the value is of.
struct Governor {
    std::uint64_t preposition = 0; ///< the nearest word of that class; 0: none
    std::uint64_t head = 0;        ///< the nearest content word that is no name; 0: none
    bool relation = false;         ///< that word has one answer for each subject
};

struct NamedEntity {
    std::uint16_t first = 0; ///< its tokens, up to but not including `end`
    std::uint16_t end = 0;
    Governor governor;
    bool demonym = false;
    bool listed = false; ///< one of several: behind "including", "such as"
};

struct ClaimSentence {
    std::int64_t from = 0; ///< where it begins in its text
    std::int64_t to = 0;
    std::vector<ClaimToken> tokens;
    std::vector<TypedValue> values;
    std::vector<std::uint16_t> valueTokens;
    std::vector<Governor> valueGovernors;
    std::vector<NamedEntity> entities;
    std::vector<std::uint16_t> byKey; ///< tokens that are no signs, by key
    std::uint16_t contentCount = 0;
    std::uint16_t verb = 0;      ///< the first token that looks like a verb; what stands before it is the subject
    std::uint16_t negations = 0; ///< cues, also the weak ones
    WordClasses classes = 0;     ///< of all words
    std::uint64_t foreign = 0;   ///< equal for equal words of other scripts; 0: none
    bool mixed = false;          ///< more of them than a name or two
    bool comparable = false;     ///< in English words as far as is known, at least two with content, and no question
    bool hedged = false;
    bool conditional = false; ///< if, could, may, should …: it says what would be
    bool request = false;     ///< begins with a verb in the imperative
    bool listItem = false;    ///< of a list, or behind a label ("Cause: …")
    bool stateChange = false; ///< says that something has changed, or when it held

    bool hasClass(WordClass which) const { return has(classes, which); }
};

/// Makes claims of sentences. A claim lives no longer than its reader, which keeps what it has looked up of words.
class ClaimReader
{
public:
    /// `text` is the sentence; `from` where it begins in the text that it is of. O(words).
    ClaimSentence read(std::string_view text, SentenceKind kind = SentenceKind::Prose, std::int64_t from = 0);

private:
    const WordFacts& facts(const std::string& lower);
    void addTokens(ClaimSentence& claim, std::string_view text);

    std::unordered_map<std::string, WordFacts> m_words;
};

} // namespace arcscope
