// arcscope_speculate [OPTION VALUE]... > FILE: a text drawn by speculative sampling, with its token events.
#include "jsontext.h"
#include "speculativerun.h"

#include <charconv>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>

using namespace arcscope::speculation;

namespace
{

constexpr const char* help =
    "usage: arcscope_speculate [OPTION VALUE]... > FILE\n"
    "Trains a bigram and a 4-gram model, draws a text by speculative sampling and writes what happens, when it\n"
    "happens, as OTLP JSON.\n"
    "  --surface chat|code|voice   where the text is shown; also what is learned from, and the pace [chat]\n"
    "  --text FILE                 what is learned from instead\n"
    "  --draft K                   tokens in a draft, up to 64 [4]\n"
    "  --length N                  tokens of the text, up to 100000 [120]\n"
    "  --seed S                    of what is drawn [1]\n"
    "  --render-drafts yes|no      whether drafts are shown before they are verified [yes]\n"
    "  --pace MS                   one verification [40; voice 150]; drafting a token takes a tenth of it\n"
    "  --clock real|virtual        virtual: does not wait, and writes the same bytes for a seed [real]\n"
    "  --events span|log           events of the span, or log records beside it [span]\n";

struct Arguments {
    RunOptions run;
    std::string text;
    bool paced = false;
    bool realTime = true;
    bool asLogs = false;
};

std::optional<std::uint64_t> numberOf(std::string_view text)
{
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// False for what is no option, or no value of it.
bool take(Arguments& arguments, std::string_view option, std::string_view value)
{
    const auto number = [&](std::uint64_t least, std::uint64_t most, auto& target) {
        const auto read = numberOf(value);
        if (!read || *read < least || *read > most)
            return false;
        target = static_cast<std::remove_reference_t<decltype(target)>>(*read);
        return true;
    };
    const auto either = [&](std::string_view yes, std::string_view no, bool& target) {
        target = value == yes;
        return value == yes || value == no;
    };
    if (option == "--surface") {
        for (const Surface surface : {Surface::Chat, Surface::Code, Surface::Voice}) {
            if (name(surface) == value) {
                arguments.run.surface = surface;
                return true;
            }
        }
        return false;
    }
    if (option == "--text") {
        arguments.text = value;
        return !value.empty();
    }
    if (option == "--draft")
        return number(0, 64, arguments.run.draft);
    if (option == "--length")
        return number(1, 100'000, arguments.run.length);
    if (option == "--seed")
        return number(0, 0x7fffffffffffffff, arguments.run.seed);
    if (option == "--render-drafts")
        return either("yes", "no", arguments.run.renderDrafts);
    if (option == "--clock")
        return either("real", "virtual", arguments.realTime);
    if (option == "--events")
        return either("log", "span", arguments.asLogs);
    if (option != "--pace" || !number(0, 60'000, arguments.run.verification))
        return false;
    arguments.run.verification *= 1'000'000;
    arguments.paced = true;
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    Arguments arguments;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view option = argv[i];
        if (option == "--help") {
            std::fputs(help, stdout);
            return 0;
        }
        if (i + 1 == argc || !take(arguments, option, argv[i + 1])) {
            std::fprintf(stderr, "arcscope_speculate: %s\n%s", argv[i], help);
            return 2;
        }
    }
    RunOptions& options = arguments.run;
    if (options.surface == Surface::Voice && !arguments.paced)
        options.verification = 150'000'000;
    if (arguments.text.empty())
        arguments.text = options.surface == Surface::Code ? ARCSCOPE_SPECULATION_DATA "/code.txt"
                                                          : ARCSCOPE_SPECULATION_DATA "/prose.txt";
    std::ifstream file(arguments.text, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    TokenText cut = arcscope::isUtf8(text) ? cutIntoTokens(text) : TokenText();
    if (cut.tokens.empty()) {
        std::fprintf(stderr, "arcscope_speculate: %s cannot be read, is empty or no UTF-8, or has too many words\n",
                     arguments.text.c_str());
        return 1;
    }
    const ModelPair models(std::move(cut));
    const auto clock = arguments.realTime ? machineClock() : virtualClock();
    const std::string json = speculate(models, options, *clock).file.json(arguments.asLogs);
    if (std::fwrite(json.data(), 1, json.size(), stdout) != json.size() || std::fflush(stdout) != 0) {
        std::perror("arcscope_speculate: standard output");
        return 1;
    }
    return 0;
}
