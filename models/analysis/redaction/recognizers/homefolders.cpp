// Home folders: "/home/mia/…", "/Users/mia", "C:\Users\mia", "/-home-mia-…" of coding agents. The whole beginning of
// the path is the value: a login alone ("max", "claude") is a word of other texts, too.
#include "recognizer.h"
#include "scantext.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace arcscope
{
namespace
{

/// Accounts of services, images and examples.
constexpr auto nobody = std::to_array<std::string_view>(
    {"admin",    "administrator", "agent",    "all",       "app",      "assistant", "bar",    "bot",     "build",
     "builder",  "circleci",      "claude",   "coder",     "codex",    "codespace", "conda",  "debian",  "default",
     "demo",     "dev",           "docker",   "envs",      "foo",      "git",       "gitpod", "guest",   "jenkins",
     "jovyan",   "linuxbrew",     "model",    "me",        "name",     "node",      "nobody", "oai",     "openhands",
     "pi",       "postgres",      "project",  "public",    "python",   "root",      "runner", "sandbox", "shared",
     "someone",  "sweagent",      "test",     "tester",    "ubuntu",   "vagrant",   "vscode", "work",    "workspace",
     "www-data", "you",           "yourname", "your-name", "your_name"});

constexpr bool isNameByte(char c)
{
    return isAsciiWord(c) || isUtf8Byte(c) || c == '.' || c == '-';
}

bool isSomebody(std::string_view name)
{
    constexpr std::size_t longest = 32;
    const std::string lower = lowered(name);
    return name.size() >= 2 && name.size() <= longest && !isAsciiDigit(name.front()) && name.front() != '.' &&
           lower.find("user") == std::string::npos && lower.find("runner") == std::string::npos &&
           std::find(nobody.begin(), nobody.end(), lower) == nobody.end();
}

/// "C:\Users\Mia Wong\": with spaces only where another folder follows.
std::size_t nameEnd(std::string_view text, std::size_t at, char separator)
{
    std::size_t to = at;
    std::size_t word = std::string_view::npos;
    for (; to < text.size() && (isNameByte(text[to]) || (separator == '\\' && text[to] == ' ')); ++to) {
        if (text[to] == ' ')
            word = std::min(word, to);
    }
    if (byteAt(text, to) != separator)
        to = std::min(to, word);
    while (to > at && text[to - 1] == '.')
        --to;
    return to;
}

/// Whether a path of this root may begin at its first separator: nothing stands before it but what paths begin with.
std::size_t rootBegin(std::string_view text, std::size_t at)
{
    for (const std::string_view before : {"/mnt/c", "/var", "/c", "file://", ":"}) {
        if (text.substr(0, at).ends_with(before))
            return before == ":" && at >= 2 && isAsciiLetter(text[at - 2]) ? at - 2 : at;
    }
    constexpr std::string_view parts = "./\\-~})]%*";
    const char before = byteBefore(text, at);
    return isAsciiWord(before) || isUtf8Byte(before) || (before != '\0' && parts.find(before) != parts.npos)
               ? std::string_view::npos
               : at;
}

void findBehind(std::string_view text, std::string_view root, std::vector<SensitiveRange>& found)
{
    const char separator = root.back();
    for (std::size_t at = text.find(root); at != std::string_view::npos; at = text.find(root, at + 1)) {
        const std::size_t from = at + root.size();
        const std::size_t begin = rootBegin(text, at);
        const std::size_t to = nameEnd(text, from, separator);
        const bool known = root != "/home/" || byteAt(text, to) == '/'; // "/home/help" is a page, too
        if (begin != std::string_view::npos && known && isSomebody(text.substr(from, to - from)))
            found.push_back({begin, to});
    }
}

/// A path as a name of a folder: "projects/-Users-mia-code".
void findJoined(std::string_view text, std::string_view root, std::vector<SensitiveRange>& found)
{
    constexpr std::string_view opening = "/\\\"'` \n";
    for (std::size_t at = text.find(root); at != std::string_view::npos; at = text.find(root, at + 1)) {
        const char before = byteBefore(text, at);
        const std::size_t from = at + root.size();
        std::size_t to = from;
        while (isAsciiLetter(byteAt(text, to)) || isAsciiDigit(byteAt(text, to)))
            ++to;
        if ((before == '\0' || opening.find(before) != opening.npos) && byteAt(text, to) == '-' &&
            isSomebody(text.substr(from, to - from)))
            found.push_back({at, to});
    }
}

void findFolders(std::string_view text, std::vector<SensitiveRange>& found)
{
    std::vector<SensitiveRange> all;
    for (const std::string_view root : {"/home/", "/Users/", "\\Users\\", "\\\\Users\\\\"})
        findBehind(text, root, all);
    for (const std::string_view root : {"-home-", "-Users-"})
        findJoined(text, root, all);
    appendApart(std::move(all), found);
}

} // namespace

Recognizer homeFolders()
{
    return {"home", "home folders of people", "a root before it, no account of a service", true, findFolders};
}

} // namespace arcscope
