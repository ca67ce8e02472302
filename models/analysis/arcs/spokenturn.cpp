#include "spokenturn.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr std::size_t mostTypedWords = 250; ///< more are pasted, or a template

/// The beginnings of turns that programs write in the name of a user.
constexpr auto programOpenings = std::to_array<std::string_view>({
    "[Request interrupted",
    "Caveat: The messages below were generated",
    "This session is being continued",
    "Base directory for this skill",
    "API Error",
    "Observation:",
    "OBSERVATION:",
    "[SYSTEM",
    "[system",
});

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// From each tag up to the one that closes it, or to the end.
std::vector<TextRange> taggedBlocks(std::string_view text)
{
    std::vector<TextRange> blocks;
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at)) {
        std::size_t end = at + 1;
        while (end < text.size() && isNameByte(text[end]))
            ++end;
        const std::string_view tag = text.substr(at + 1, end - at - 1);
        const std::size_t opened = text.find('>', end);
        const std::string close = "</" + std::string(tag) + ">";
        const std::size_t closed = tag.empty() || opened == text.npos ? text.npos : text.find(close, opened);
        if (closed == text.npos) {
            ++at;
            continue;
        }
        blocks.push_back({at, closed + close.size()});
        at = closed + close.size();
    }
    return blocks;
}

/// Bytes of the dash, quotation mark or dots of U+2010 to U+203F, but for apostrophes, that stand at `at`; 0: none.
std::size_t punctuationAt(std::string_view text, std::size_t at)
{
    const bool is = at + 2 < text.size() && text.substr(at).starts_with("\xe2\x80");
    const auto last = is ? static_cast<unsigned char>(text[at + 2]) : 0u;
    return last >= 0x90 && last != 0x98 && last != 0x99 ? 3 : 0;
}

bool isWordAt(std::string_view text, std::size_t at)
{
    const char c = text[at];
    return isNameByte(c) || c == '\'' || (static_cast<unsigned char>(c) >= 0x80 && punctuationAt(text, at) == 0);
}

bool isWordBefore(std::string_view text, std::size_t at)
{
    return at > 0 && !(at >= 3 && punctuationAt(text, at - 3) > 0) && isWordAt(text, at - 1);
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// The byte behind the phrase, if it stands at `at`; 0: it does not.
std::size_t endOfPhrase(std::string_view text, std::size_t at, std::string_view phrase)
{
    for (const char wanted : phrase) {
        if (wanted == ' ') {
            const std::size_t from = at;
            while (at < text.size() && !isWordAt(text, at) && at - from < 8)
                at += std::max<std::size_t>(1, punctuationAt(text, at));
            if (at == from)
                return 0;
        } else if (wanted == '\'' && text.substr(at).starts_with("\u2019")) {
            at += 3;
        } else if (at < text.size() && lower(text[at]) == wanted) {
            ++at;
        } else {
            return 0;
        }
    }
    return at < text.size() && isWordAt(text, at) ? 0 : at;
}

bool isEnglish(const SpokenTurn& turn)
{
    std::size_t known = 0;
    std::size_t all = 0;
    std::size_t small = 0;
    for (const SpokenSentence& sentence : turn.sentences) {
        for (const ClaimToken& token : sentence.claim.tokens) {
            if (!token.word)
                continue;
            const bool listed = token.is(WordClass::Stop) || token.is(WordClass::Negation);
            ++all;
            small += listed ? 1u : 0u;
            known += listed || token.word->ordinary ? 1u : 0u;
        }
    }
    return known * 10 >= all * 7 && all > 0 && (all <= 4 || small * 8 >= all);
}

} // namespace

SpokenTurn SpokenTurnReader::read(const Turn& turn, std::size_t at)
{
    return readFrom(turn, at, 0);
}

SpokenTurn SpokenTurnReader::readEnd(const Turn& turn, std::size_t at)
{
    std::size_t begin = turn.text.size() > mostSpokenBytes ? turn.text.size() - mostSpokenBytes : 0;
    while (begin > 0 && begin < turn.text.size() && static_cast<unsigned char>(turn.text[begin]) > ' ')
        ++begin;
    return readFrom(turn, at, begin);
}

SpokenTurn SpokenTurnReader::readFrom(const Turn& turn, std::size_t at, std::size_t begin)
{
    SpokenTurn spoken;
    spoken.at = at;
    spoken.turn = &turn;
    const std::string_view text = std::string_view(turn.text).substr(begin, mostSpokenBytes);
    const auto isOpening = [&](std::string_view opening) { return text.starts_with(opening); };
    if (turn.role == Role::User && std::ranges::any_of(programOpenings, isOpening))
        return spoken;
    const std::vector<TextRange> blocks = taggedBlocks(text);
    std::vector<Sentence> sentences = sentencesOf(text);
    const auto isDrawn = [](const Sentence& sentence) {
        return sentence.kind == SentenceKind::Heading || sentence.kind == SentenceKind::TableRow;
    };
    const auto drawn = static_cast<std::size_t>(std::ranges::count_if(sentences, isDrawn));
    std::erase_if(sentences, [&](const Sentence& sentence) {
        return isDrawn(sentence) || std::ranges::any_of(blocks, [&](const TextRange& block) {
                   return static_cast<std::size_t>(sentence.from) < block.to &&
                          block.from < static_cast<std::size_t>(sentence.to);
               });
    });
    const std::size_t over = sentences.size() - std::min(sentences.size(), mostSpokenSentences);
    const std::size_t skipped = begin > 0 ? over : 0;
    for (std::size_t i = skipped; i < sentences.size() && spoken.sentences.size() < mostSpokenSentences; ++i) {
        const TextRange range{begin + static_cast<std::size_t>(sentences[i].from),
                              begin + static_cast<std::size_t>(sentences[i].to)};
        const std::string_view words = range.of(turn.text);
        SpokenSentence& said = spoken.sentences.emplace_back();
        said.range = range;
        said.plain = plainWords(words);
        said.claim = m_reader.read(words, sentences[i].kind, static_cast<std::int64_t>(range.from));
        said.question = words.find('?') != words.npos;
        spoken.plain += spoken.plain.empty() ? said.plain : said.plain.substr(1);
        spoken.words += static_cast<std::size_t>(std::ranges::count(said.plain, ' ')) - 1;
    }
    if (spoken.plain.empty())
        spoken.plain = " ";
    spoken.document =
        turn.text.size() > mostSpokenBytes || spoken.words > mostTypedWords || drawn > spoken.sentences.size();
    spoken.english = isEnglish(spoken);
    return spoken;
}

std::vector<TextRange> placesOf(std::string_view text, std::string_view phrase)
{
    std::vector<TextRange> places;
    for (std::size_t at = 0; at < text.size() && !phrase.empty(); ++at) {
        if (isWordBefore(text, at))
            continue;
        if (const std::size_t end = endOfPhrase(text, at, phrase); end > at)
            places.push_back({at, end});
    }
    return places;
}

bool hasPhrase(std::string_view plain, std::string_view phrase)
{
    for (std::size_t at = plain.find(phrase); at != plain.npos; at = plain.find(phrase, at + 1)) {
        if (at > 0 && plain[at - 1] == ' ' && plain.substr(at + phrase.size()).starts_with(' '))
            return true;
    }
    return false;
}

std::string_view phraseIn(std::string_view plain, std::string_view phrases)
{
    std::size_t first = plain.npos;
    std::string_view found;
    while (!phrases.empty()) {
        const std::string_view phrase = phrases.substr(0, phrases.find('|'));
        phrases.remove_prefix(std::min(phrases.size(), phrase.size() + 1));
        for (std::size_t at = plain.find(phrase); at < first; at = plain.find(phrase, at + 1)) {
            if (at > 0 && plain[at - 1] == ' ' && plain.substr(at + phrase.size()).starts_with(' ')) {
                first = at;
                found = phrase;
            }
        }
    }
    return found;
}

} // namespace arcscope
