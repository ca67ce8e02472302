#include "filter.h"
#include "filtervalue.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int maxNesting = 100;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct Token {
    enum class Type : std::uint8_t { End, Word, Quoted, Open, Close, Op } type = Type::End;
    std::string text; ///< without quotes and escapes
    FilterOp op = FilterOp::Contains;
    std::size_t begin = 0;
    std::size_t end = 0;
};

class Parser
{
public:
    explicit Parser(std::string_view text)
        : m_text(text)
    {
        advance();
    }

    ParsedFilter parse()
    {
        ParsedFilter result;
        if (m_token.type == Token::Type::End && !m_error)
            return result;
        FilterNode root = parseOr(0);
        if (!m_error && m_token.type != Token::Type::End)
            fail(m_token.begin, m_token.end, "“)” without “(” before it");
        if (m_error)
            result.error = std::move(m_error);
        else
            result.filter.root = std::move(root);
        return result;
    }

private:
    void fail(std::size_t begin, std::size_t end, std::string message)
    {
        if (!m_error)
            m_error = FilterError{begin, end, std::move(message)};
        m_token = {Token::Type::End, {}, {}, m_text.size(), m_text.size()};
        m_at = m_text.size();
    }

    bool readOp(FilterOp& op)
    {
        constexpr std::pair<std::string_view, FilterOp> ops[] = {
            {"!=", FilterOp::NotEqual}, {"<=", FilterOp::LessEqual}, {">=", FilterOp::GreaterEqual},
            {":", FilterOp::Contains},  {"=", FilterOp::Equal},      {"<", FilterOp::Less},
            {">", FilterOp::Greater}};
        for (const auto& [spelling, found] : ops) {
            if (m_text.substr(m_at).starts_with(spelling)) {
                op = found;
                m_at += spelling.size();
                return true;
            }
        }
        return false;
    }

    void advance()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
        m_token = {Token::Type::End, {}, {}, m_at, m_at};
        if (m_at == m_text.size())
            return;
        const char c = m_text[m_at];
        if (c == '(' || c == ')') {
            m_token.type = c == '(' ? Token::Type::Open : Token::Type::Close;
            ++m_at;
        } else if (c == '"') {
            readQuoted();
        } else if (readOp(m_token.op)) {
            m_token.type = Token::Type::Op;
        } else {
            m_token.type = Token::Type::Word;
            readWord(m_afterOp);
        }
        m_token.end = std::max(m_at, m_token.begin);
    }

    /// A word ends at space or bracket; at an operator too, but not inside a value ("2026-01-31T09:30:00Z", "a:b").
    void readWord(bool value)
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            const bool opens =
                c == ':' || c == '=' || c == '<' || c == '>' || (c == '!' && m_text.substr(m_at).starts_with("!="));
            if (isSpace(c) || c == ')' || (c == '(' && !value) || c == '"' || (opens && !value))
                break;
            m_token.text += c;
            ++m_at;
        }
    }

    void readQuoted()
    {
        const std::size_t begin = m_at++;
        m_token.type = Token::Type::Quoted;
        for (; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            m_token.text += m_text[m_at];
        }
        if (m_at == m_text.size())
            fail(begin, m_text.size(), "the quote is not closed");
        else
            ++m_at;
    }

    bool isWord(std::string_view word) const { return m_token.type == Token::Type::Word && m_token.text == word; }

    FilterNode parseOr(int depth)
    {
        FilterNode left = parseAnd(depth);
        if (!isWord("or"))
            return left;
        FilterNode node = branch(FilterNode::Type::Or, std::move(left));
        while (isWord("or")) {
            advance();
            node.children.push_back(parseAnd(depth));
            node.end = node.children.back().end;
        }
        return node;
    }

    FilterNode parseAnd(int depth)
    {
        FilterNode left = parseUnary(depth);
        const auto more = [&] {
            return m_token.type != Token::Type::End && m_token.type != Token::Type::Close && !isWord("or");
        };
        if (!more())
            return left;
        FilterNode node = branch(FilterNode::Type::And, std::move(left));
        while (more()) {
            if (isWord("and"))
                advance();
            node.children.push_back(parseUnary(depth));
            node.end = node.children.back().end;
        }
        return node;
    }

    static FilterNode branch(FilterNode::Type type, FilterNode first)
    {
        FilterNode node;
        node.type = type;
        node.begin = first.begin;
        node.end = first.end;
        node.children.push_back(std::move(first));
        return node;
    }

    FilterNode parseUnary(int depth)
    {
        if (depth >= maxNesting) {
            fail(m_token.begin, m_token.end, "nested too deeply");
            return {};
        }
        const std::size_t begin = m_token.begin;
        if (isWord("not") || (m_token.type == Token::Type::Word && m_token.text.size() > 1 && m_token.text[0] == '-') ||
            isWord("-")) {
            if (isWord("not")) {
                advance();
            } else { // "-x": the rest of the word is a token of its own
                m_at = begin + 1;
                advance();
            }
            FilterNode node = branch(FilterNode::Type::Not, parseUnary(depth + 1));
            node.begin = begin;
            return node;
        }
        if (m_token.type == Token::Type::Open) {
            advance();
            FilterNode node = parseOr(depth + 1);
            if (m_token.type != Token::Type::Close) {
                fail(begin, begin + 1, "“(” is not closed");
                return {};
            }
            node.begin = begin;
            node.end = m_token.end;
            advance();
            return node;
        }
        return parseTerm();
    }

    FilterNode parseTerm()
    {
        const Token first = m_token;
        if (first.type == Token::Type::End || first.type == Token::Type::Close) {
            fail(first.begin, first.end, "a term is expected here: kind:tool, duration>2s or a word to look for");
            return {};
        }
        if (first.type == Token::Type::Op) {
            fail(first.begin, first.end, "a field is expected before the operator");
            return {};
        }
        const bool fieldFollows = first.type == Token::Type::Word && m_at < m_text.size() && !isSpace(m_text[m_at]);
        advance();
        FilterNode node;
        node.begin = first.begin;
        node.end = first.end;
        if (!fieldFollows || m_token.type != Token::Type::Op) {
            node.type = FilterNode::Type::Text;
            node.text = first.text;
            return node;
        }
        node.type = FilterNode::Type::Field;
        node.field = filterField(first.text);
        if (!node.field) {
            fail(first.begin, first.end, "there is no field “" + first.text + "”" + nearestField(first.text));
            return {};
        }
        node.op = m_token.op;
        const Token op = m_token;
        m_afterOp = true;
        advance();
        m_afterOp = false;
        if ((m_token.type != Token::Type::Word && m_token.type != Token::Type::Quoted) || m_token.begin != op.end) {
            fail(op.begin, op.end, "a value is expected right behind the operator");
            return {};
        }
        node.text = m_token.text;
        node.end = m_token.end;
        if (auto problem = readValue(node)) {
            fail(m_token.begin, m_token.end, std::move(*problem));
            return {};
        }
        advance();
        return node;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_afterOp = false;
    Token m_token;
    std::optional<FilterError> m_error;
};

void collectTexts(const FilterNode& node, std::vector<std::string>& texts)
{
    if (node.type == FilterNode::Type::Text && std::find(texts.begin(), texts.end(), node.text) == texts.end())
        texts.push_back(node.text);
    for (const FilterNode& child : node.children)
        collectTexts(child, texts);
}

} // namespace

ParsedFilter parseFilter(std::string_view text)
{
    return Parser(text).parse();
}

std::vector<FilterChip> chipsOf(const Filter& filter, std::string_view text)
{
    std::vector<FilterChip> chips;
    const auto add = [&](const FilterNode& node) {
        chips.push_back({std::string(text.substr(node.begin, node.end - node.begin)), node.begin, node.end});
    };
    if (filter.root.type == FilterNode::Type::And)
        std::for_each(filter.root.children.begin(), filter.root.children.end(), add);
    else if (!filter.empty())
        add(filter.root);
    return chips;
}

std::vector<std::string> searchedTexts(const Filter& filter)
{
    std::vector<std::string> texts;
    collectTexts(filter.root, texts);
    return texts;
}

} // namespace arcscope
