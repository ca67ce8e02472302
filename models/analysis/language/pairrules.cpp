#include "pairrule.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::string_view whyValue = "the words around it say that it is of the same thing";

constexpr std::array<PairRule, 20> rules{{
    {"NUM_CARD",
     "another count or measure",
     whyValue,
     PairTier::Finding,
     false,
     {"The cluster has 12 worker nodes.", "The cluster has 15 worker nodes."},
     {"The cluster has 12 worker nodes.", "The cluster has twelve worker nodes and 3 masters."},
     differentCardinal},
    {"NUM_PCT",
     "another percentage",
     whyValue,
     PairTier::Finding,
     false,
     {"The error rate rose to 4.5 percent in June.", "The error rate rose to 7 % in June."},
     {"The error rate rose to 4.5 percent in June.", "In June the error rate rose to 4.5 %."},
     differentPercent},
    {"NUM_MONEY",
     "another amount of money",
     whyValue,
     PairTier::Finding,
     false,
     {"The refund for the broken lamp is $40.", "The refund for the broken lamp is $55."},
     {"The refund for the broken lamp is $40.", "You get back 40 dollars for the broken lamp."},
     differentMoney},
    {"NUM_ORD",
     "another place in an order",
     whyValue,
     PairTier::Finding,
     false,
     {"The team finished in 3rd place in the league.", "The team finished in fifth place in the league."},
     {"The team finished in 3rd place in the league.", "The team finished in third place."},
     differentOrdinal},
    {"NUM_YEAR",
     "another year",
     whyValue,
     PairTier::Finding,
     false,
     {"The bridge was opened to traffic in 1932.", "The bridge was opened to traffic in 1937."},
     {"The bridge was opened to traffic in 1932.", "The bridge was opened to traffic in the 1930s."},
     differentYear},
    {"NUM_DATE",
     "another date",
     whyValue,
     PairTier::Finding,
     false,
     {"The invoice was issued on March 3, 2024.", "The invoice was issued on 2024-03-13."},
     {"The invoice was issued on March 3, 2024.", "The invoice was issued on 3 March."},
     differentDate},
    {"NUM_DAY",
     "another weekday",
     whyValue,
     PairTier::Finding,
     false,
     {"The maintenance window begins on Tuesday.", "The maintenance window begins on Thursday."},
     {"The maintenance window begins on Tuesday.", "On Tuesday the maintenance window begins."},
     differentWeekday},
    {"NUM_TIME",
     "another time of day",
     whyValue,
     PairTier::Finding,
     false,
     {"Your flight to Oslo departs at 3:30 pm.", "Your flight to Oslo departs at 17:30."},
     {"Your flight to Oslo departs at 3:30 pm.", "Your flight to Oslo departs at 15:30."},
     differentTime},
    {"NUM_GOV",
     "another value behind the same word",
     "the same word asks for it, and it has one answer",
     PairTier::Finding,
     true,
     {"The mill, built in 1890, grinds.",
      "In the village stands, built in 1902 from local granite, a mill with a museum."},
     {"The mill, built in 1890, grinds.", "In the village stands, repaired in 1902, a mill with a museum."},
     differentGovernedValue},
    {"RANGE",
     "another range",
     "one of its ends is another one",
     PairTier::CheckThis,
     true,
     {"She served in parliament from 1988 to 1992.", "She served in parliament from 1988 to 1996."},
     {"She served in parliament from 1988 to 1992.", "She was in parliament 1988-92."},
     differentRange},
    {"NEG",
     "what one says the other denies",
     "the denied word is the same one, and nothing else denies it on the other side",
     PairTier::Finding,
     false,
     {"The export job does not support compressed archives.", "The export job supports compressed archives."},
     {"The export job does not only support archives.", "The export job supports archives."},
     negatedPredicate},
    {"ANT",
     "opposite words in the same place",
     "the words are opposites, and those around them are the same",
     PairTier::Finding,
     false,
     {"Automatic backups are enabled for the database.", "Automatic backups are disabled for the database."},
     {"Automatic backups are enabled for the database.", "Automatic backups are never disabled for the database."},
     oppositeWords},
    {"ANT_PREFIX",
     "a word and its opposite by a prefix",
     "one of the words is the other with a prefix that denies it",
     PairTier::Finding,
     false,
     {"The old configuration is compatible with the new release.",
      "The old configuration is incompatible with the new release."},
     {"The old configuration is compatible with the new release.",
      "The old configuration is not incompatible with the new release."},
     oppositePrefix},
    {"OUTCOME",
     "success against failure",
     "the outcome of the same thing is a good and a bad one",
     PairTier::Finding,
     false,
     {"The nightly deployment succeeded.", "The nightly deployment crashed."},
     {"The nightly deployment succeeded.", "The nightly deployment passed all its checks."},
     differentOutcome},
    {"QUANT",
     "all against not all",
     "what is said of all cannot fail for some",
     PairTier::Finding,
     false,
     {"All requests reached the primary server.", "Some requests did not reach the primary server."},
     {"All requests reached the primary server.", "Some requests reached the primary server."},
     differentQuantifier},
    {"ENT_FUNC",
     "another name where there is only one",
     "the word before the names has one answer for each subject",
     PairTier::Finding,
     true,
     {"The painter was born in Lisbon and studied law.", "The painter was born in Madrid."},
     {"The painter was born in Lisbon and studied law.", "The painter worked in Madrid."},
     differentNameOfRelation},
    {"ENT",
     "another name in the same place",
     "the words around the names are the same",
     PairTier::CheckThis,
     false,
     {"The package goes through the warehouse in Lyon first.",
      "The package goes through the warehouse in Ghent first."},
     {"The package goes through warehouses such as Lyon first.",
      "The package goes through warehouses such as Ghent first."},
     differentName},
    {"DEMONYM",
     "another nationality",
     "both say of which people it is",
     PairTier::Finding,
     false,
     {"The film was made by a Danish director in 2001.", "The film was made by a Polish director in 2001."},
     {"The film was made by a Danish director in 2001.", "The Danish film was made in 2001."},
     differentPeople},
    {"COPULA",
     "another kind of thing",
     "neither kind is one of the other",
     PairTier::CheckThis,
     false,
     {"The tapir is a mammal of the forest.", "The tapir is a bird of the forest."},
     {"The tapir is a mammal of the forest.", "The tapir is an animal of the forest."},
     differentKind},
    {"COHYP",
     "a sibling word in the same place",
     "both words are kinds of one thing, and those around them are the same",
     PairTier::CheckThis,
     false,
     {"The courier delivered the parcel by train yesterday.", "The courier delivered the parcel by bus yesterday."},
     {"The courier delivered the parcel by car yesterday.",
      "The courier delivered the parcel by automobile yesterday."},
     siblingWords},
}};

} // namespace

std::span<const PairRule> pairRules()
{
    return rules;
}

double windowOverlap(const ClaimPair& pair, std::size_t i, std::size_t j, std::size_t reach)
{
    constexpr std::size_t most = 10;
    struct Window {
        std::array<std::uint64_t, most> keys{};
        std::size_t count = 0;
    };
    const auto around = [reach](const ClaimSentence& claim, std::size_t at) {
        Window window;
        const std::size_t end = std::min(claim.tokens.size(), at + reach + 1);
        for (std::size_t k = at - std::min(at, reach); k < end && window.count < most; ++k) {
            const ClaimToken& token = claim.tokens[k];
            const auto last = window.keys.begin() + static_cast<std::ptrdiff_t>(window.count);
            if (k != at && token.word && !token.is(WordClass::Stop) &&
                std::find(window.keys.begin(), last, token.key) == last)
                window.keys[window.count++] = token.key;
        }
        return window;
    };
    const Window left = around(pair.a, i);
    const Window right = around(pair.b, j);
    std::size_t shared = 0;
    for (std::size_t k = 0; k < left.count; ++k) {
        const auto last = right.keys.begin() + static_cast<std::ptrdiff_t>(right.count);
        shared += std::find(right.keys.begin(), last, left.keys[k]) != last ? 1u : 0u;
    }
    return static_cast<double>(shared) /
           static_cast<double>(std::max<std::size_t>(1, std::min(left.count, right.count)));
}

int alignedNeighbours(const ClaimPair& pair, std::size_t i, std::size_t j)
{
    int aligned = 0;
    for (const int step : {-2, -1, 1, 2}) {
        const auto at = static_cast<std::ptrdiff_t>(i) + step;
        if (at < 0 || at >= static_cast<std::ptrdiff_t>(pair.words.toB.size()))
            continue;
        const int to = pair.words.toB[static_cast<std::size_t>(at)];
        aligned += to >= 0 && std::abs(to - static_cast<int>(j)) <= 2 ? 1 : 0;
    }
    return aligned;
}

} // namespace arcscope
