#include "account.h"
#include "command.h"
#include "pricefile.h"

#include <nlohmann/json.hpp>

#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec accountsOptions[] = {
    {"--prices", "FILE", "a price table in the shape of LiteLLM's; what it does not price is listed"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.accounts/1"}};

struct TraceAccount {
    std::uint32_t trace = 0;
    Account account;
};

std::string amount(std::int64_t micros, std::string_view currency)
{
    const std::string digits = std::to_string(micros % 1'000'000 + 1'000'000);
    return std::to_string(micros / 1'000'000) + '.' + digits.substr(1) + ' ' + std::string(currency);
}

Json usageJson(const Usage& usage)
{
    Json json = Json::object();
    for (int i = 0; i < usageClassCount; ++i) {
        const auto usageClass = static_cast<UsageClass>(i);
        if (usage[usageClass] != noTokens)
            json[std::string(name(usageClass)) + "_tokens"] = usage[usageClass];
    }
    json["total_tokens"] = usage.recorded() ? Json(usage.total()) : Json();
    return json;
}

Json toJson(const Corpus& corpus, const TraceAccount& of, const PriceTable* prices)
{
    const Account& account = of.account;
    Json json{{"trace", corpus.traceIdText(of.trace)},
              {"verdict", name(account.verdict())},
              {"reason", reasonOf(account)},
              {"model_calls", account.modelCalls},
              {"model_calls_with_usage", account.callsWithUsage},
              {"usage", usageJson(account.usage)},
              {"roll_ups", account.rollUps},
              {"roll_ups_unequal", account.rollUpsUnequal},
              {"repeated_responses", account.repeated},
              {"repeated_tokens", account.repeatedTokens}};
    json["counted_as"] = Json::object();
    for (std::size_t i = 0; i < account.byDialect.size(); ++i) {
        const auto dialect = static_cast<UsageDialect>(i);
        if (account.byDialect[i] > 0)
            json["counted_as"][std::string(name(dialect))] = {{"spans", account.byDialect[i]},
                                                              {"relations", relationsOf(dialect)}};
    }
    json["stated_cost"] = Json::array();
    for (const auto& [currency, micros] : account.statedCosts)
        json["stated_cost"].push_back({{"currency", corpus.strings[currency]}, {"micros", micros}});
    if (!prices)
        return json;
    json["computed_cost"] = {{"currency", "USD"},
                             {"micros", account.priced < 0 ? Json() : Json(account.priced)},
                             {"calls", account.pricedCalls}};
    json["unpriced"] = Json::array();
    for (const Account::Unpriced& unpriced : account.unpriced)
        json["unpriced"].push_back({{"model", unpriced.model.empty() ? Json() : Json(unpriced.model)},
                                    {"calls", unpriced.calls},
                                    {"tokens", unpriced.tokens}});
    return json;
}

void print(const Corpus& corpus, const TraceAccount& of, const PriceTable* prices, std::ostream& out)
{
    const Account& account = of.account;
    out << printable(corpus.traceIdText(of.trace)) << ": " << name(account.verdict()) << ": " << reasonOf(account)
        << '\n';
    for (int i = 0; i < usageClassCount; ++i) {
        const auto usageClass = static_cast<UsageClass>(i);
        if (account.usage[usageClass] != noTokens)
            out << "  " << name(usageClass) << ' ' << account.usage[usageClass];
    }
    if (account.usage.recorded())
        out << "  total " << account.usage.total() << '\n';
    for (std::size_t i = 0; i < account.byDialect.size(); ++i) {
        const auto dialect = static_cast<UsageDialect>(i);
        if (account.byDialect[i] > 0)
            out << "  " << counted(account.byDialect[i], "span") << " counted " << name(dialect) << ": "
                << relationsOf(dialect) << '\n';
    }
    for (const auto& [currency, micros] : account.statedCosts)
        out << "  stated by the source " << amount(micros, printable(corpus.strings[currency])) << '\n';
    if (prices && account.priced >= 0)
        out << "  by the price table " << amount(account.priced, "USD") << " for "
            << counted(account.pricedCalls, "call") << '\n';
    for (const Account::Unpriced& unpriced : account.unpriced)
        out << "  unpriced " << (unpriced.model.empty() ? "(model not recorded)" : printable(unpriced.model)) << ": "
            << counted(unpriced.calls, "call") << ", " << unpriced.tokens << " tokens\n";
}

Result<std::vector<TraceAccount>> accountsOf(const Corpus& corpus, const PriceTable* prices, const Control& control)
{
    std::vector<TraceAccount> all;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        all.push_back({trace, account(corpus, corpus.rowsOf(trace), prices)});
    }
    return all;
}

int runAccounts(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("accounts", "which files?", environment);
    std::optional<PriceTable> prices;
    if (options.has("--prices")) {
        auto read = readPrices(options.get("--prices"));
        if (!read)
            return failed(read.error(), environment);
        prices = std::move(*read);
    }
    auto session = openSession(options.operands, accountColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const PriceTable* table = prices ? &*prices : nullptr;
    const auto all = accountsOf(session->corpus, table, control);
    if (!all)
        return failed(all.error(), environment);
    if (options.has("--json")) {
        Json json{{"schema", "arcscope.accounts/1"}};
        json["price_table"] = table ? Json(table->version) : Json();
        json["traces"] = Json::array();
        for (const TraceAccount& each : *all)
            json["traces"].push_back(toJson(session->corpus, each, table));
        environment.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    } else {
        if (table)
            environment.out << "prices: " << table->version << '\n';
        for (const TraceAccount& each : *all)
            print(session->corpus, each, table, environment.out);
    }
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command accountsCommand()
{
    return {"accounts", "PATH... [--prices FILE] [--json]", "tokens and cost of every trace, and whether they sum",
            accountsOptions, runAccounts};
}

} // namespace arcscope
