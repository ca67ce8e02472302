#include "commandruns.h"

#include "proselines.h"

#include <algorithm>
#include <vector>

namespace arcscope
{
namespace
{

using Words = std::vector<std::string>;

/// The lines of a script without the bodies of here-documents.
std::string withoutHereDocuments(std::string_view command)
{
    std::string kept;
    std::string end;
    for (const std::string_view line : prose::linesOf(command)) {
        if (!end.empty()) {
            if (prose::trimmed(line) == end)
                end.clear();
            continue;
        }
        kept.append(line).append("\n");
        const std::size_t at = line.find("<<");
        if (at == line.npos || line.substr(at, 3) == "<<<")
            continue;
        std::size_t from = line.find_first_not_of("-'\"\\ ", at + 2);
        std::size_t to = from;
        while (to < line.size() && prose::isWordByte(line[to]))
            ++to;
        if (from != line.npos)
            end = line.substr(from, to - from);
    }
    return kept;
}

class ShellReader
{
public:
    explicit ShellReader(std::string_view text)
        : m_text(text)
    {
        while (m_at < m_text.size())
            step();
        endCommand();
    }

    std::vector<Words> commands; ///< one program each, with what it is given

private:
    void step()
    {
        const char c = m_text[m_at];
        const char next = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        if (c == '\\' && next != '\0') {
            if (next != '\n')
                add(next);
            m_at += 2;
        } else if (c == '\'' || c == '"') {
            quoted(c);
        } else if (c == '#' && !m_inWord) {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (c == '&' && (next == '>' || (m_at > 0 && m_text[m_at - 1] == '>'))) {
            add(c); // 2>&1
            ++m_at;
        } else if (c == ';' || c == '\n' || c == '|' || c == '&' || c == '(' || c == ')') {
            const bool behind = c == '&' && next != '&' && (m_at == 0 || m_text[m_at - 1] != '&');
            endCommand();
            if (behind)
                commands.push_back({"true"}); // the status of what runs beside it is lost
            ++m_at;
        } else {
            if (prose::isSpace(c))
                endWord();
            else
                add(c);
            ++m_at;
        }
    }

    void quoted(char quote)
    {
        m_inWord = true;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
            if (quote == '"' && m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            m_word += m_text[m_at];
        }
        ++m_at;
    }

    void add(char c)
    {
        m_inWord = true;
        m_word += c;
    }

    void endWord()
    {
        if (m_inWord)
            m_now.push_back(m_word);
        m_word.clear();
        m_inWord = false;
    }

    void endCommand()
    {
        endWord();
        if (!m_now.empty())
            commands.push_back(std::move(m_now));
        m_now = {};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_word;
    bool m_inWord = false;
    Words m_now;
};

std::string_view baseName(std::string_view program)
{
    return program.substr(program.rfind('/') + 1);
}

bool isAssignment(std::string_view word)
{
    const std::size_t equals = word.find('=');
    return equals != word.npos && equals > 0 &&
           std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals), prose::isWordByte);
}

/// Takes away what only starts another program: "timeout 60 npx jest" to "jest".
Words programOf(Words words)
{
    const auto drop = [&](std::size_t count) {
        words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(count, words.size())));
    };
    const auto options = [&] {
        while (!words.empty() && (words[0].starts_with('-') || isAssignment(words[0])))
            drop(1);
    };
    while (!words.empty()) {
        const std::string name(baseName(words[0]));
        const std::string second = words.size() > 1 ? words[1] : "";
        const bool python = name.starts_with("python");
        if (isAssignment(words[0])) {
            drop(1);
        } else if (prose::isListed("sudo time env nice exec command nohup stdbuf xvfb-run npx bunx pnpx if then while "
                                   "do ! { else",
                                   name)) {
            drop(1);
            options();
        } else if (name == "timeout") {
            drop(1);
            options();
            drop(1);
        } else if (second == "run" && prose::isListed("uv poetry pipenv hatch pdm rye conda", name)) {
            drop(2);
            options();
        } else if (second == "exec" && prose::isListed("bundle pnpm npm yarn", name)) {
            drop(2);
            options();
        } else if (python) {
            const auto module = std::find(words.begin(), words.end(), "-m");
            if (module == words.end() || module + 1 == words.end())
                return words;
            words.erase(words.begin(), module + 1);
        } else {
            return words;
        }
    }
    return words;
}

struct Runner {
    RunKind kind;
    std::string_view programs; ///< any use of them is a run
};

constexpr Runner runners[] = {
    {RunKind::Tests, "pytest py.test unittest nosetests nose2 tox nox trial ctest jest vitest mocha ava karma jasmine "
                     "rspec phpunit pest behave cucumber bats busted nextest"},
    {RunKind::Build, "tsc webpack ninja rollup esbuild gcc g++ clang clang++ cc c++ rustc javac"},
    {RunKind::Lint, "eslint ruff flake8 pylint mypy pyright stylelint shellcheck golangci-lint rubocop clippy"},
};

/// Their first word that is no option says what they do.
constexpr std::string_view verbPrograms = "npm yarn pnpm bun deno go cargo dotnet swift mix bazel meson zig lein sbt "
                                          "flutter dart rails composer playwright cypress ng vite next";
/// Any of their words may be a target.
constexpr std::string_view targetPrograms = "make gmake just rake gradle gradlew mvn mvnw nx turbo invoke cmake "
                                            "xcodebuild task manage.py";

/// What neither tests nor builds, whatever it is given.
constexpr std::string_view bystanders =
    "cd ls cat grep egrep rg ag sed awk find fd head tail echo printf mkdir rm rmdir cp mv ln touch pwd which type wc "
    "sort uniq diff tr cut tee git gh hg svn curl wget sleep export unset set source . chmod chown tree jq yq less "
    "more "
    "file stat du df ps kill pkill date whoami id uname env true false test [ [[ read xargs basename dirname realpath "
    "apt apt-get brew pip pip3 sqlite3 psql open nl column fi done esac } prettier black isort gofmt rustfmt";

/// Words of the programs with verbs that do neither.
constexpr std::string_view bystandingVerbs = "install i add ci get mod fmt format list ls view outdated version init "
                                             "new tree clean remove uninstall update upgrade why info";

bool isVerbFor(RunKind kind, std::string_view word)
{
    // "test:unit", ":app:testDebug"
    while (!word.empty()) {
        const std::string_view part = word.substr(0, word.find(':'));
        switch (kind) {
        case RunKind::Tests:
            if (part.starts_with("test") || prose::isListed("check verify nextest t spec", part))
                return true;
            break;
        case RunKind::Build:
            if (part.starts_with("build") || part.starts_with("--build") ||
                prose::isListed("compile package assemble all", part))
                return true;
            break;
        case RunKind::Lint:
            if (part.starts_with("lint") || prose::isListed("clippy vet typecheck", part))
                return true;
            break;
        }
        word.remove_prefix(std::min(word.size(), part.size() + 1));
    }
    return false;
}

RunSight sightOf(const Words& words, RunKind kind)
{
    if (words.empty())
        return RunSight::None;
    const std::string_view name = baseName(words[0]);
    for (const Runner& each : runners) {
        if (prose::isListed(each.programs, name))
            return each.kind == kind ? RunSight::Runs : RunSight::None;
    }
    if (prose::isListed(bystanders, name))
        return RunSight::None;
    if (prose::isListed(targetPrograms, name)) {
        const bool runs =
            std::any_of(words.begin() + 1, words.end(), [&](const std::string& word) { return isVerbFor(kind, word); });
        return runs ? RunSight::Runs : RunSight::MayRun;
    }
    if (!prose::isListed(verbPrograms, name))
        return RunSight::MayRun;
    bool script = false;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& word = words[i];
        const bool runs = prose::isListed("run run-script", word);
        script = script || runs;
        if (runs || word.starts_with('-') || word.starts_with('+'))
            continue;
        if (isVerbFor(kind, word))
            return RunSight::Runs;
        return !script && prose::isListed(bystandingVerbs, word) ? RunSight::None : RunSight::MayRun;
    }
    return RunSight::MayRun;
}

/// The command of `bash -lc "…"`; null of anything else.
const std::string* innerCommand(const Words& words)
{
    const std::string_view name = words.empty() ? std::string_view() : baseName(words[0]);
    if (name != "sh" && name != "bash" && name != "zsh" && name != "dash")
        return nullptr;
    for (std::size_t i = 1; i + 1 < words.size() && words[i].starts_with('-'); ++i) {
        if (!words[i].starts_with("--") && words[i].ends_with('c'))
            return &words[i + 1];
    }
    return nullptr;
}

constexpr int deepest = 3; ///< of shells within shells

CommandRun runOf(std::string_view command, RunKind kind, int depth)
{
    CommandRun all;
    bool others = false;
    for (const Words& each : ShellReader(withoutHereDocuments(command)).commands) {
        const Words words = programOf(each);
        const std::string* const inner = innerCommand(words);
        const CommandRun one =
            inner && depth < deepest ? runOf(*inner, kind, depth + 1) : CommandRun{sightOf(words, kind), true};
        others = others || one.sight == RunSight::MayRun;
        all.alone = one.sight == RunSight::Runs && one.alone && !others;
        all.sight = std::max(all.sight, one.sight);
    }
    return all;
}

} // namespace

CommandRun commandRun(std::string_view command, RunKind kind)
{
    return runOf(command, kind, 0);
}

} // namespace arcscope
