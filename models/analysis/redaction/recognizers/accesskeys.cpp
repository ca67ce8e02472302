// Keys and tokens of services, told by the prefixes that their makers document.
#include "recognizer.h"
#include "scantext.h"

#include <array>
#include <vector>

namespace arcscope
{
namespace
{

enum class Alphabet : unsigned char { Upper, Hex, AlphaNumeric, Url, Base64 };

struct KeyForm {
    std::string_view prefix;
    std::size_t least; ///< bytes behind the prefix
    Alphabet alphabet;
};

constexpr auto forms = std::to_array<KeyForm>({
    {"AKIA", 16, Alphabet::Upper}, // AWS
    {"ASIA", 16, Alphabet::Upper},
    {"ABIA", 16, Alphabet::Upper},
    {"ACCA", 16, Alphabet::Upper},
    {"AIza", 35, Alphabet::Url}, // Google
    {"ya29.", 20, Alphabet::Url},
    {"GOCSPX-", 20, Alphabet::Url},
    {"ghp_", 36, Alphabet::AlphaNumeric}, // GitHub
    {"gho_", 36, Alphabet::AlphaNumeric},
    {"ghu_", 36, Alphabet::AlphaNumeric},
    {"ghs_", 36, Alphabet::AlphaNumeric},
    {"ghr_", 36, Alphabet::AlphaNumeric},
    {"github_pat_", 30, Alphabet::Url},
    {"glpat-", 20, Alphabet::Url}, // GitLab
    {"glptt-", 20, Alphabet::Url},
    {"gldt-", 20, Alphabet::Url},
    {"glrt-", 20, Alphabet::Url},
    {"xoxb-", 15, Alphabet::Url}, // Slack
    {"xoxp-", 15, Alphabet::Url},
    {"xoxa-", 15, Alphabet::Url},
    {"xoxr-", 15, Alphabet::Url},
    {"xoxs-", 15, Alphabet::Url},
    {"xoxe-", 15, Alphabet::Url},
    {"xapp-", 15, Alphabet::Url},
    {"sk-ant-", 20, Alphabet::Url}, // Anthropic
    {"sk-proj-", 20, Alphabet::Url},
    {"sk-svcacct-", 20, Alphabet::Url},
    {"sk-or-", 20, Alphabet::Url},
    {"sk-lf-", 16, Alphabet::Url},
    {"pk-lf-", 16, Alphabet::Url},
    {"sk-", 20, Alphabet::Url}, // OpenAI and those who copy it
    {"sk_live_", 10, Alphabet::AlphaNumeric},
    {"sk_test_", 10, Alphabet::AlphaNumeric}, // Stripe
    {"rk_live_", 10, Alphabet::AlphaNumeric},
    {"rk_test_", 10, Alphabet::AlphaNumeric},
    {"pk_live_", 10, Alphabet::AlphaNumeric},
    {"whsec_", 20, Alphabet::Base64},
    {"hf_", 30, Alphabet::AlphaNumeric}, // Hugging Face
    {"npm_", 36, Alphabet::AlphaNumeric},
    {"pypi-", 50, Alphabet::Url},
    {"rubygems_", 40, Alphabet::Hex},
    {"dckr_pat_", 20, Alphabet::Url},
    {"SG.", 40, Alphabet::Url}, // SendGrid
    {"key-", 32, Alphabet::Hex},
    {"dop_v1_", 60, Alphabet::Hex}, // DigitalOcean
    {"shpat_", 30, Alphabet::Hex},  // Shopify
    {"shpss_", 30, Alphabet::Hex},
    {"sq0atp-", 20, Alphabet::Url}, // Square
    {"sq0csp-", 40, Alphabet::Url},
    {"EAAC", 40, Alphabet::AlphaNumeric}, // Meta
    {"lin_api_", 30, Alphabet::AlphaNumeric},
    {"ls__", 30, Alphabet::Hex}, // LangSmith
    {"lsv2_pt_", 30, Alphabet::Url},
    {"lsv2_sk_", 30, Alphabet::Url},
    {"gsk_", 40, Alphabet::AlphaNumeric}, // Groq
    {"xai-", 40, Alphabet::AlphaNumeric},
    {"pplx-", 40, Alphabet::AlphaNumeric},
    {"r8_", 30, Alphabet::AlphaNumeric},
    {"tgp_v1_", 30, Alphabet::Url},
    {"nvapi-", 40, Alphabet::Url},
    {"tvly-", 20, Alphabet::Url},
    {"fw_", 20, Alphabet::AlphaNumeric},
    {"pcsk_", 40, Alphabet::Url}, // Pinecone
    {"sntrys_", 40, Alphabet::Url},
    {"phc_", 40, Alphabet::AlphaNumeric},
    {"phx_", 40, Alphabet::AlphaNumeric},
    {"dapi", 32, Alphabet::Hex}, // Databricks
    {"hvs.", 24, Alphabet::Url}, // Vault
    {"hvb.", 24, Alphabet::Url},
    {"AGE-SECRET-KEY-1", 50, Alphabet::Upper},
    {"ATATT3", 50, Alphabet::Url}, // Atlassian
    {"secret_", 40, Alphabet::AlphaNumeric},
    {"ntn_", 40, Alphabet::AlphaNumeric},
    {"PMAK-", 50, Alphabet::Url},
    {"pat-", 36, Alphabet::Url},
});

constexpr bool fits(char c, Alphabet alphabet)
{
    switch (alphabet) {
    case Alphabet::Upper:
        return isAsciiDigit(c) || (c >= 'A' && c <= 'Z');
    case Alphabet::Hex:
        return isAsciiDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case Alphabet::AlphaNumeric:
        return isAsciiDigit(c) || isAsciiLetter(c);
    case Alphabet::Url:
        return isAsciiWord(c) || c == '-' || c == '.';
    case Alphabet::Base64:
        return isAsciiWord(c) || c == '-' || c == '+' || c == '/' || c == '=';
    }
    return false;
}

/// Words joined by hyphens ("sk-this-is-your-api-key-here") have no digit; documented keys of twenty bytes have.
bool looksDrawn(std::string_view tail)
{
    bool digit = false;
    bool letter = false;
    for (const char c : tail) {
        digit = digit || isAsciiDigit(c);
        letter = letter || isAsciiLetter(c);
    }
    constexpr double leastBits = 2.8; // of documented keys all have more; "xxxxxxxxxxxx1" has less
    return digit && letter && entropyOf(tail) > leastBits;
}

/// Forms by the first byte of their prefix.
using FormsByByte = std::array<std::vector<const KeyForm*>, 256>;

const FormsByByte& formsByByte()
{
    static const FormsByByte table = [] {
        FormsByByte sorted;
        for (const KeyForm& form : forms)
            sorted[static_cast<unsigned char>(form.prefix.front())].push_back(&form);
        return sorted;
    }();
    return table;
}

void findKeys(std::string_view text, std::vector<SensitiveRange>& found)
{
    const FormsByByte& table = formsByByte();
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto& candidates = table[static_cast<unsigned char>(text[at])];
        if (candidates.empty() || isAsciiWord(byteBefore(text, at)))
            continue;
        for (const KeyForm* form : candidates) {
            if (!text.substr(at).starts_with(form->prefix))
                continue;
            std::size_t to = at + form->prefix.size();
            const std::size_t tail = to;
            while (to < text.size() && fits(text[to], form->alphabet))
                ++to;
            while (to > tail && (text[to - 1] == '.' || text[to - 1] == '-'))
                --to;
            if (to - tail < form->least || isAsciiWord(byteAt(text, to)) || !looksDrawn(text.substr(tail, to - tail)))
                continue;
            found.push_back({at, to});
            at = to - 1;
            break;
        }
    }
}

} // namespace

Recognizer accessKeys()
{
    return {"key", "keys and tokens of services", "documented prefix, length and alphabet", true, findKeys};
}

} // namespace arcscope
