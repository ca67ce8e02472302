// The words of English that rules about statements know, by what they do in a sentence.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace arcscope
{

/// A word may be of several.
enum class WordClass : std::uint8_t {
    Stop,         ///< carries no content: "the", "of", "would"
    Negation,     ///< turns what follows into its opposite: "not", "never", "without"
    WeakNegation, ///< says nearly the opposite: "hardly", "lack", "fail"
    ScopeEnd,     ///< a negation does not reach beyond it: "but", "because"
    Hedge,        ///< "perhaps", "seem", "unclear"
    Modal,        ///< "would", "can", "should"
    Conditional,  ///< "if", "unless", "whenever"
    Preposition,
    Be,       ///< forms of "be", and "have", "do", "will": verbs that help others
    Pronoun,  ///< stands for the subject: "he", "it", "this"
    ListCue,  ///< what follows is one of several: "including", "such", "also"
    Additive, ///< there is more of the kind: "also", "another", "then"
    State,    ///< what is said holds since or until a change: "now", "previously", "instead"
    Relation, ///< a verb or noun that has one answer for each subject: "born", "capital", "assigned"
    All,
    None,
    Some,
    Good,    ///< an outcome: "succeed", "pass"
    Bad,     ///< an outcome: "fail", "crash"
    Command, ///< begins a request: "make", "check", "please"
    Demonym, ///< "French", "Chilean"
    Count,
};

/// A set of classes.
using WordClasses = std::uint32_t;

constexpr WordClasses operator|(WordClass a, WordClass b)
{
    return WordClasses(1) << static_cast<unsigned>(a) | WordClasses(1) << static_cast<unsigned>(b);
}
constexpr bool has(WordClasses classes, WordClass which)
{
    return (classes >> static_cast<unsigned>(which) & 1u) != 0;
}

/// The classes of a word in lower case, as it stands there. O(1).
WordClasses classesOf(std::string_view word);

/// The opposites of a word, in lower case, as we list them: what WordNet does not know of running software and of
/// reports about it.
std::span<const std::string_view> listedOpposites(std::string_view word);

/// Equal for equal words (64-bit FNV-1a).
constexpr std::uint64_t wordKey(std::string_view word)
{
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : word)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

} // namespace arcscope
