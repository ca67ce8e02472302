#include "statements.h"

#include "sentences.h"
#include "turnacts.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::size_t mostPartners = 5;
constexpr std::size_t mostWithWord = 200; ///< a word in more statements does not tell which belong together
constexpr double leastOverlap = 0.4;      ///< of the words of the shorter statement
constexpr std::size_t mostOfOpening = 60; ///< bytes of what stands before a statement: "You are right, …"

/// Where the statement begins in a sentence: behind words that answer somebody ("Sorry, …", "No, …").
std::size_t behindOpening(std::string_view sentence)
{
    const std::size_t end = sentence.substr(0, mostOfOpening).find_first_of(",:");
    if (end == sentence.npos)
        return 0;
    const std::string opening = plainWords(sentence.substr(0, end));
    const bool answers = opening == " yes " || opening == " no " || opening == " sorry " || opening == " apologies " ||
                         opening == " indeed " || opening == " correct " || !correctionIn(opening).empty();
    const std::size_t from = answers ? sentence.find_first_not_of(' ', end + 1) : 0;
    return from == sentence.npos ? 0 : from;
}

} // namespace

std::vector<StatedClaim> Statements::read(const Conversation& conversation, std::uint32_t turn, std::uint32_t at)
{
    std::vector<StatedClaim> statements;
    const std::string_view text = std::string_view(conversation.turns[turn].text).substr(0, mostOfTurn);
    for (const Sentence& sentence : sentencesOf(text)) {
        if (m_all.size() + statements.size() >= maxStatements)
            break;
        const auto begin = static_cast<std::size_t>(sentence.from);
        const std::string_view whole = text.substr(begin, static_cast<std::size_t>(sentence.to) - begin);
        const std::size_t opening = behindOpening(whole);
        ClaimSentence claim =
            m_reader.read(whole.substr(opening), sentence.kind, sentence.from + static_cast<std::int64_t>(opening));
        if (claim.comparable)
            statements.push_back({turn, at, std::move(claim)});
    }
    return statements;
}

void Statements::add(std::vector<StatedClaim> statements)
{
    for (StatedClaim& statement : statements) {
        const auto keys = contentKeys(statement.claim);
        m_sizes.push_back(keys.size());
        m_counts.push_back(0);
        for (const std::uint64_t key : keys)
            m_index[key].push_back(static_cast<std::uint32_t>(m_all.size()));
        m_all.push_back(std::move(statement));
    }
}

const std::vector<std::uint32_t>& Statements::like(const ClaimSentence& claim)
{
    m_found.clear();
    const auto keys = contentKeys(claim);
    for (const std::uint64_t key : keys) {
        const auto known = m_index.find(key);
        if (known == m_index.end() || known->second.size() > mostWithWord)
            continue;
        for (const std::uint32_t number : known->second) {
            if (m_counts[number]++ == 0)
                m_found.push_back(number);
        }
    }
    const std::vector<std::uint32_t> touched = m_found;
    std::erase_if(m_found, [&](std::uint32_t number) {
        const std::size_t shorter = std::min(keys.size(), m_sizes[number]);
        return m_counts[number] < std::min<std::size_t>(2, shorter) ||
               static_cast<double>(m_counts[number]) < leastOverlap * static_cast<double>(shorter);
    });
    std::ranges::stable_sort(m_found, [&](auto a, auto b) { return m_counts[a] > m_counts[b]; });
    m_found.resize(std::min(m_found.size(), mostPartners));
    for (const std::uint32_t number : touched)
        m_counts[number] = 0;
    return m_found;
}

std::string_view textOf(const Conversation& conversation, const StatedClaim& statement)
{
    const auto from = static_cast<std::size_t>(statement.claim.from);
    return std::string_view(conversation.turns[statement.turn].text)
        .substr(from, static_cast<std::size_t>(statement.claim.to) - from);
}

FindingPlace placeOf(const Conversation& conversation, const StatedClaim& statement)
{
    return placeOf(conversation.turns[statement.turn], static_cast<std::size_t>(statement.claim.from),
                   static_cast<std::size_t>(statement.claim.to));
}

} // namespace arcscope
