// compilelexicon DICTIONARY OUT: makes the table that lexicon.cpp reads out of the files of WordNet 3.0 (Miller 1995;
// Debian's wordnet-base; their form: wndb(5)). Runs while the program is built.
#include "lexiconform.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace
{

using namespace arcscope::lexiconform;

/// Senses of a word that count, of each part of speech, the most frequent first.
constexpr std::size_t mostSenses = 4;

struct Part {
    const char* file;
    char symbol; ///< in pointers
};
constexpr std::array<Part, partCount> parts{{{"noun", 'n'}, {"verb", 'v'}, {"adj", 'a'}, {"adv", 'r'}}};

/// A line of data.*: a synset.
struct Synset {
    std::vector<std::string> words;
    bool satellite = false;
    std::uint32_t head = 0; ///< of a satellite
    std::set<std::uint32_t> hypernyms;
    std::set<std::uint32_t> wholes; ///< that it is a part of
    bool instance = false;          ///< one thing, and not a kind of things: "Frankfurt"
};

struct Dictionary {
    std::map<std::string, std::array<std::vector<std::uint32_t>, partCount>> words; ///< ids of their synsets
    std::map<std::uint32_t, Synset> synsets;                                        ///< by id
    std::set<std::pair<std::string, std::string>> antonyms;
    std::set<std::pair<std::uint32_t, std::uint32_t>> headAntonyms;
    std::map<std::string, std::pair<std::string, std::size_t>> irregular; ///< form: lemma and part
    std::map<std::string, std::uint32_t> counts; ///< of its senses in WordNet's tagged texts, where there are any
};

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || c == '-';
}

bool isPlainWord(const std::string& word)
{
    return !word.empty() && std::all_of(word.begin(), word.end(), isLetter);
}

/// Several words with _ between them.
bool isName(const std::string& word)
{
    return word.find('_') != std::string::npos &&
           std::all_of(word.begin(), word.end(), [](char c) { return isLetter(c) || c == '_'; });
}

bool isPlace(const Synset& synset)
{
    return synset.instance && !synset.wholes.empty();
}

/// Adjectives may have a marker of their place: "ajar(p)".
std::string bareWord(std::string word)
{
    word.resize(std::min(word.size(), word.find('(')));
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return word;
}

std::size_t partOf(char symbol)
{
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].symbol == symbol || (symbol == 's' && parts[i].symbol == 'a'))
            return i;
    }
    throw std::runtime_error("an unknown part of speech");
}

std::ifstream open(const std::string& path)
{
    std::ifstream file(path);
    if (!file)
        throw std::runtime_error(path + " cannot be read");
    return file;
}

/// Lines of licence at the top begin with a space.
bool isLicence(const std::string& line)
{
    return line.starts_with("  ");
}

struct Pointer {
    std::string symbol;
    std::uint32_t target = 0;
    int fromWord = 0; ///< 0: of the synset as a whole
    int toWord = 0;
    std::uint32_t from = 0;
};

void readSynsets(const std::string& folder, std::size_t part, Dictionary& into, std::vector<Pointer>& pointers)
{
    std::ifstream file = open(folder + "/data." + parts[part].file);
    for (std::string line; std::getline(file, line);) {
        if (isLicence(line))
            continue;
        std::istringstream fields(line);
        std::uint32_t offset = 0;
        int lexicalFile = 0;
        char type = 0;
        int wordCount = 0;
        fields >> offset >> lexicalFile >> type >> std::hex >> wordCount >> std::dec;
        Synset synset;
        synset.satellite = type == 's';
        for (int i = 0; i < wordCount; ++i) {
            std::string word;
            std::string lexicalId;
            fields >> word >> lexicalId;
            synset.words.push_back(bareWord(word));
        }
        const std::uint32_t id = synsetId(part, offset);
        int pointerCount = 0;
        fields >> pointerCount;
        for (int i = 0; i < pointerCount; ++i) {
            Pointer pointer;
            std::uint32_t target = 0;
            char targetPart = 0;
            std::string words;
            fields >> pointer.symbol >> target >> targetPart >> words;
            pointer.from = id;
            pointer.target = synsetId(partOf(targetPart), target);
            pointer.fromWord = std::stoi(words.substr(0, 2), nullptr, 16);
            pointer.toWord = std::stoi(words.substr(2), nullptr, 16);
            if (pointer.symbol == "&" && synset.satellite)
                synset.head = pointer.target;
            if (pointer.symbol == "@")
                synset.hypernyms.insert(pointer.target);
            if (pointer.symbol == "@i")
                synset.instance = true;
            if (pointer.symbol == "#p")
                synset.wholes.insert(pointer.target);
            if (pointer.symbol == "!")
                pointers.push_back(pointer);
        }
        into.synsets[id] = std::move(synset);
    }
}

void readIndex(const std::string& folder, std::size_t part, Dictionary& into)
{
    std::ifstream file = open(folder + "/index." + parts[part].file);
    for (std::string line; std::getline(file, line);) {
        if (isLicence(line))
            continue;
        std::istringstream fields(line);
        std::string lemma;
        std::string symbol;
        int synsetCount = 0;
        int pointerCount = 0;
        fields >> lemma >> symbol >> synsetCount >> pointerCount;
        if (!isPlainWord(lemma) && !isName(lemma))
            continue;
        for (int i = 0; i < pointerCount; ++i)
            fields >> symbol;
        int senseCount = 0;
        int taggedCount = 0;
        fields >> senseCount >> taggedCount;
        std::vector<std::uint32_t> senses;
        for (int i = 0; i < synsetCount && senses.size() < mostSenses; ++i) {
            std::uint32_t offset = 0;
            fields >> offset;
            senses.push_back(synsetId(part, offset));
        }
        // Of names only those of places are asked for.
        const bool place = std::ranges::any_of(senses, [&](std::uint32_t id) { return isPlace(into.synsets.at(id)); });
        if (isPlainWord(lemma) || place)
            into.words[lemma][part] = std::move(senses);
    }
}

void readIrregular(const std::string& folder, std::size_t part, Dictionary& into)
{
    std::ifstream file = open(folder + "/" + parts[part].file + ".exc");
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string form;
        std::string lemma;
        fields >> form >> lemma;
        if (isPlainWord(form) && into.words.contains(lemma) && form != lemma)
            into.irregular.try_emplace(form, lemma, part);
    }
}

/// Lines of cntlist.rev: a sense ("word%…"), its number, and how often it was tagged.
void readCounts(const std::string& folder, Dictionary& into)
{
    std::ifstream file = open(folder + "/cntlist.rev");
    std::string sense;
    std::string number;
    std::uint32_t count = 0;
    while (file >> sense >> number >> count) {
        const std::string word = sense.substr(0, sense.find('%'));
        if (isPlainWord(word) && into.words.contains(word))
            into.counts[word] += count;
    }
}

std::uint32_t headOf(const Dictionary& dictionary, std::uint32_t id)
{
    const Synset& synset = dictionary.synsets.at(id);
    return synset.satellite && synset.head ? synset.head : id;
}

void takeAntonyms(const std::vector<Pointer>& pointers, Dictionary& into)
{
    for (const Pointer& pointer : pointers) {
        const auto word = [&](std::uint32_t id, int number) {
            const std::vector<std::string>& words = into.synsets.at(id).words;
            return number >= 1 && static_cast<std::size_t>(number) <= words.size()
                       ? words[static_cast<std::size_t>(number) - 1]
                       : std::string();
        };
        const std::string a = word(pointer.from, pointer.fromWord);
        const std::string b = word(pointer.target, pointer.toWord);
        if (into.words.contains(a) && into.words.contains(b)) {
            into.antonyms.insert({a, b});
            into.antonyms.insert({b, a});
        }
        if (partOfSynset(pointer.from) == 2)
            into.headAntonyms.insert({headOf(into, pointer.from), headOf(into, pointer.target)});
    }
}

void append(std::string& out, std::uint32_t value)
{
    for (int i = 0; i < 4; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xff);
}

/// Every section is a count and its numbers.
void section(std::string& out, const std::vector<std::uint32_t>& numbers)
{
    append(out, static_cast<std::uint32_t>(numbers.size()));
    for (const std::uint32_t number : numbers)
        append(out, number);
}

/// Of words of one count the first of the alphabet is taken for the more frequent one.
std::vector<std::uint32_t> ranksOf(const Dictionary& dictionary, const std::map<std::string, std::uint32_t>& numbers)
{
    std::vector<std::pair<std::uint32_t, std::string>> counted;
    for (const auto& [word, count] : dictionary.counts)
        counted.emplace_back(count, word);
    std::stable_sort(counted.begin(), counted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::map<std::uint32_t, std::uint32_t> rankOf;
    for (std::size_t i = 0; i < counted.size(); ++i)
        rankOf[numbers.at(counted[i].second)] = static_cast<std::uint32_t>(i + 1);
    std::vector<std::uint32_t> ranks;
    for (const auto& [word, rank] : rankOf)
        ranks.insert(ranks.end(), {word, rank});
    return ranks;
}

std::string compile(const Dictionary& dictionary)
{
    std::string pool;
    std::vector<std::uint32_t> starts;
    std::vector<std::uint32_t> senseStarts;
    std::vector<std::uint32_t> senses;
    std::map<std::string, std::uint32_t> numbers;
    for (const auto& [word, byPart] : dictionary.words) {
        numbers[word] = static_cast<std::uint32_t>(starts.size());
        starts.push_back(static_cast<std::uint32_t>(pool.size()));
        pool += word;
        senseStarts.push_back(static_cast<std::uint32_t>(senses.size()));
        for (const auto& ids : byPart)
            senses.insert(senses.end(), ids.begin(), ids.end());
    }
    starts.push_back(static_cast<std::uint32_t>(pool.size()));
    senseStarts.push_back(static_cast<std::uint32_t>(senses.size()));
    std::vector<std::uint32_t> formStarts;
    std::vector<std::uint32_t> formLemmas;
    for (const auto& [form, lemma] : dictionary.irregular) {
        formStarts.push_back(static_cast<std::uint32_t>(pool.size()));
        pool += form;
        formLemmas.push_back(numbers.at(lemma.first));
    }
    formStarts.push_back(static_cast<std::uint32_t>(pool.size()));
    std::vector<std::uint32_t> antonyms;
    for (const auto& [a, b] : dictionary.antonyms)
        antonyms.insert(antonyms.end(), {numbers.at(a), numbers.at(b)});
    std::vector<std::uint32_t> heads;
    std::vector<std::uint32_t> hypernyms;
    std::vector<std::uint32_t> wholes;
    for (const auto& [id, synset] : dictionary.synsets) {
        if (synset.satellite && synset.head)
            heads.insert(heads.end(), {id, synset.head});
        for (const std::uint32_t hypernym : synset.hypernyms) {
            if (partOfSynset(id) == 0)
                hypernyms.insert(hypernyms.end(), {id, hypernym});
        }
        for (const std::uint32_t whole : synset.wholes) {
            if (isPlace(synset))
                wholes.insert(wholes.end(), {id, whole});
        }
    }
    std::vector<std::uint32_t> headAntonyms;
    for (const auto& [a, b] : dictionary.headAntonyms)
        headAntonyms.insert(headAntonyms.end(), {a, b});
    std::string out;
    append(out, magic);
    std::vector<std::uint32_t> ranks = ranksOf(dictionary, numbers);
    for (const auto* numbersOf : {&starts, &senseStarts, &senses, &formStarts, &formLemmas, &antonyms, &heads,
                                  &headAntonyms, &hypernyms, &ranks, &wholes})
        section(out, *numbersOf);
    return out + pool;
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 3) {
        std::cerr << "usage: compilelexicon DICTIONARY OUT\n";
        return 2;
    }
    try {
        Dictionary dictionary;
        std::vector<Pointer> pointers;
        for (std::size_t part = 0; part < partCount; ++part) {
            readSynsets(arguments[1], part, dictionary, pointers);
            readIndex(arguments[1], part, dictionary);
        }
        for (std::size_t part : {std::size_t{1}, std::size_t{0}, std::size_t{2}, std::size_t{3}})
            readIrregular(arguments[1], part, dictionary);
        takeAntonyms(pointers, dictionary);
        readCounts(arguments[1], dictionary);
        const std::string table = compile(dictionary);
        std::ofstream out(arguments[2], std::ios::binary);
        out.write(table.data(), static_cast<std::streamsize>(table.size()));
        return out.good() ? 0 : 1;
    } catch (const std::exception& problem) {
        std::cerr << "compilelexicon: " << problem.what() << '\n';
        return 1;
    }
}
