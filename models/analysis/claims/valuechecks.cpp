#include "valuechecks.h"

#include "languagewords.h"
#include "proselines.h"

#include <algorithm>
#include <set>

namespace arcscope
{
namespace
{

/// What is said as an example, or how a value is to be written.
bool isExample(std::string_view sentence)
{
    const std::string lower = prose::lower(sentence);
    for (const std::string_view word : {"e.g.", "for example", "for instance", "such as", "example:", "format"}) {
        if (lower.find(word) != std::string::npos)
            return true;
    }
    return false;
}

std::string causeOf(const TraceClaims& claims, const SaidText& said, std::string_view value)
{
    (void)claims;
    return std::to_string(said.row) + '/' + std::string(value);
}

Finding findingOf(std::string_view rule, FindingLevel level, std::string what)
{
    Finding finding;
    finding.rule = rule;
    finding.level = level;
    finding.evidence = StreamEvidence::Inferred;
    finding.what = std::move(what);
    return finding;
}

std::string ofType(const TypedValue& value)
{
    const bool vowel = value.type == ValueType::Money || value.type == ValueType::Identifier;
    return (vowel ? "an " : "a ") + std::string(name(value.type));
}

/// Some other value of the sentence or text was returned by a tool: it speaks of what tools say.
bool speaksOfResults(ClaimEvidence& evidence, std::uint32_t text, const ClaimSentence& but, std::size_t butValue)
{
    const std::string_view all = evidence.claims().texts()[text].text;
    for (const ClaimSentence& claim : evidence.claims().sentences(text)) {
        for (std::size_t i = 0; i < claim.values.size(); ++i) {
            if (&claim == &but && i == butValue)
                continue;
            if (ClaimEvidence::isChecked(claim, i, partOf(all, bytesOf(claim, i))) &&
                evidence.isReturned(text, claim, i))
                return true;
        }
    }
    return false;
}

/// The last thing said before it that was no model's, came from a tool.
bool answersResult(const TraceClaims& claims, std::uint32_t text)
{
    for (std::uint32_t i = text; i-- > 0;) {
        if (claims.texts()[i].author != ClaimAuthor::Model)
            return claims.texts()[i].author == ClaimAuthor::Tool;
    }
    return false;
}

} // namespace

void checkUnsupportedValues(ClaimEvidence& evidence, std::vector<Finding>& into)
{
    TraceClaims& claims = evidence.claims();
    std::set<std::string> told;
    for (std::uint32_t text = 0; text < claims.texts().size(); ++text) {
        if (!evidence.isReport(text))
            continue;
        const SaidText& said = claims.texts()[text];
        for (const ClaimSentence& claim : claims.sentences(text)) {
            const std::string_view sentence = partOf(said.text, {claim.from, claim.to});
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                const ByteRange bytes = bytesOf(claim, i);
                const TypedValue& value = claim.values[i];
                if (!ClaimEvidence::isChecked(claim, i, partOf(said.text, bytes)) ||
                    evidence.support(text, claim, i).how != ValueSupport::How::Nowhere || !claims.whole())
                    continue;
                const bool plain = value.type == ValueType::Cardinal || value.type == ValueType::Year ||
                                   value.type == ValueType::Percent;
                const bool grounded = (!plain && evidence.hasRecords(text)) || answersResult(claims, text) ||
                                      speaksOfResults(evidence, text, claim, i);
                if (isExample(sentence) || !grounded)
                    continue;
                const std::string written(partOf(said.text, bytes));
                if (!told.insert(written).second)
                    continue;
                Finding& finding = into.emplace_back(
                    findingOf("claim.unsupported_value", plain ? FindingLevel::Check : FindingLevel::Finding,
                              "“" + written + "”, " + ofType(value) + ", stands in nothing that came before it"));
                finding.cause = causeOf(claims, said, written);
                finding.strength = plain ? 0.6 : 0.9;
                finding.places.push_back(placeOf(said, {claim.from, claim.to}, bytes));
                finding.facts.push_back({"value", normalised(value)});
                finding.facts.push_back({"looked in", "results and arguments of tools, users' messages, system texts"});
                if (value.type == ValueType::Money)
                    finding.facts.push_back({"guards checked", "no sum, difference or small multiple of the amounts in "
                                                               "this message and in the last two results"});
            }
        }
    }
}

void checkRecords(ClaimEvidence& evidence, std::vector<Finding>& into)
{
    TraceClaims& claims = evidence.claims();
    std::set<std::string> told;
    for (std::uint32_t text = 0; text < claims.texts().size(); ++text) {
        if (!evidence.isReport(text))
            continue;
        const SaidText& said = claims.texts()[text];
        for (const ClaimSentence& claim : claims.sentences(text)) {
            std::vector<std::size_t> identifiers;
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                if (claim.values[i].type == ValueType::Identifier && namesRecord(partOf(said.text, bytesOf(claim, i))))
                    identifiers.push_back(i);
            }
            if (identifiers.size() != 1)
                continue;
            const std::string named(partOf(said.text, bytesOf(claim, identifiers.front())));
            std::vector<NamedRecord> records = evidence.records().named(named);
            std::erase_if(records, [&](const NamedRecord& each) { return each.text >= text; });
            if (records.empty())
                continue;
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                const TypedValue& value = claim.values[i];
                const ByteRange bytes = bytesOf(claim, i);
                const std::string_view written = partOf(said.text, bytes);
                const bool checked =
                    value.type == ValueType::Date || value.type == ValueType::Clock || value.type == ValueType::Money;
                if (!checked || !ClaimEvidence::isChecked(claim, i, written) || !evidence.isReturned(text, claim, i) ||
                    evidence.isSaidByOthers(text, claim, i))
                    continue;
                const bool inRecord = std::ranges::any_of(records, [&](const NamedRecord& each) {
                    return evidence.records().values(each).first(value, written) != ValueEvidence::none;
                });
                if (inRecord || !told.insert(named + '/' + std::string(written)).second)
                    continue;
                Finding& finding = into.emplace_back(findingOf("claim.wrong_record", FindingLevel::Finding,
                                                               "“" + std::string(written) + "” is said of " + named +
                                                                   ", but its record has no such value"));
                finding.weight = FindingWeight::Severe;
                finding.strength = 0.9;
                finding.cause = causeOf(claims, said, named);
                finding.places.push_back(placeOf(said, {claim.from, claim.to}, bytes));
                const SaidText& result = claims.texts()[records.back().text];
                const JsonNode& object = claims.document(records.back().text)->story().node(records.back().object);
                finding.places.push_back(placeOf(result, {object.opened, object.end}));
                finding.facts.push_back({"value", normalised(value)});
                finding.facts.push_back({"record", named});
                finding.facts.push_back(
                    {"guards checked",
                     "the line names no other record; neither the arguments of the call that returned "
                     "it nor users have the value"});
            }
        }
    }
}

void checkCounts(ClaimEvidence& evidence, std::vector<Finding>& into)
{
    TraceClaims& claims = evidence.claims();
    constexpr JsonIndex mostNodes = 20'000;
    // The arrays and numbers of all results so far, by the base form of their key.
    struct Counted {
        std::uint32_t text = 0;
        JsonIndex node = 0;
        double count = 0;
        bool array = false;
    };
    std::unordered_map<std::string, std::vector<Counted>> counted;
    const auto collect = [&](std::uint32_t text) {
        JsonReading* const reading = claims.document(text);
        for (JsonIndex i = 1; reading && i < std::min(reading->story().size(), mostNodes); ++i) {
            const std::string& key = reading->story().node(i).key;
            if (reading->kind(i) == JsonKind::Array && !key.empty()) {
                const std::string word = prose::lower(key.substr(key.find_last_of("_- ") + 1));
                counted[lexicon().baseForm(word)].push_back({text, i, static_cast<double>(reading->count(i)), true});
            } else if (const auto number = reading->kind(i) == JsonKind::Number ? reading->number(i) : std::nullopt) {
                counted[std::string()].push_back({text, i, static_cast<double>(*number), false});
            }
        }
    };
    for (std::uint32_t text = 0; text < claims.texts().size(); ++text) {
        const SaidText& said = claims.texts()[text];
        if (said.author == ClaimAuthor::Tool)
            collect(text);
        if (!evidence.isReport(text))
            continue;
        for (const ClaimSentence& claim : claims.sentences(text)) {
            if (!claim.comparable || claim.conditional || claim.hedged || claim.negations > 0)
                continue;
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                const TypedValue& value = claim.values[i];
                if (value.type != ValueType::Cardinal || value.unit.empty() || value.bound != ValueBound::Exact ||
                    value.range)
                    continue;
                const auto found = counted.find(value.unit);
                const std::size_t at = claim.valueTokens[i];
                // "you have 3 reservations": nothing before or behind narrows which ones.
                const bool said3 =
                    at > 0 && claim.tokens[at - 1].word &&
                    (claim.tokens[at - 1].word->base == "have" || claim.tokens[at - 1].word->base == "be" ||
                     claim.tokens[at - 1].word->base == "find");
                std::size_t behind = at + 1;
                while (behind < claim.tokens.size() && claim.tokens[behind].word &&
                       claim.tokens[behind].word->base != value.unit && behind < at + 2)
                    ++behind;
                const bool noun = behind < claim.tokens.size() && claim.tokens[behind].word &&
                                  claim.tokens[behind].word->base == value.unit;
                const bool open = noun && behind == at + 1 &&
                                  (behind + 1 >= claim.tokens.size() || claim.tokens[behind + 1].sign != '\0');
                if (!said3 || !open || found == counted.end())
                    continue;
                const auto fits = [&](const Counted& each) { return each.count == value.number; };
                if (std::ranges::any_of(found->second, fits) || std::ranges::any_of(counted[std::string()], fits))
                    continue;
                const Counted& last = found->second.back();
                Finding& finding = into.emplace_back(findingOf(
                    "claim.wrong_count", FindingLevel::Check,
                    "it says " + normalised(value) + ", the last such list has " + std::to_string(int(last.count))));
                finding.cause = causeOf(claims, said, normalised(value));
                finding.places.push_back(placeOf(said, {claim.from, claim.to}, bytesOf(claim, i)));
                const JsonNode& list = claims.document(last.text)->story().node(last.node);
                finding.places.push_back(placeOf(claims.texts()[last.text], {list.opened, list.end}));
                finding.facts.push_back({"list", jsonPointer(claims.document(last.text)->story(), last.node)});
            }
        }
    }
}

} // namespace arcscope
