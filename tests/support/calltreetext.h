// A call tree as lines for tests: an owner or a call a line, what lies within indented.
#pragma once

#include "calltree.h"
#include "tracescript.h"

#include <QString>

#include <array>
#include <string>

namespace arcscope::testing
{

inline std::string nameOf(const Corpus& corpus, Row row)
{
    return row == noRow ? "-" : std::string(corpus.text(SpanText::Name, row));
}

/// `owner scope-kind` for owners; `tool id? @span state [pairing] [attempt n] [repeats] [late] -> who was given it[!]`.
inline std::string callText(const Corpus& corpus, const CallTree& tree, const CallNode& node)
{
    constexpr std::array<const char*, 4> kinds{"message", "agents", "batch", "span"};
    if (node.of == CallNode::Of::Owner) {
        const CallScope& scope = tree.scopes[node.index];
        std::string line = nameOf(corpus, scope.owner) + ' ' + kinds[static_cast<std::size_t>(scope.of)];
        if (scope.joinedBy != noRow)
            line += " joined by " + nameOf(corpus, scope.joinedBy);
        return line;
    }
    const TreeCall& call = tree.calls[node.index];
    std::string line = call.tool;
    if (!call.id.empty())
        line += ' ' + call.id;
    if (call.span != noRow)
        line += " @" + nameOf(corpus, call.span);
    line += ": " + std::string(name(call.outcome));
    if (call.pairing != CallPairing::Paired)
        line += " [" + std::string(name(call.pairing)) + ']';
    if (call.retryOf != TreeCall::none)
        line += " attempt " + std::to_string(call.attempt);
    if (call.repeats != TreeCall::none)
        line += " repeats";
    if (node.late)
        line += " late";
    for (const CallReceipt& receipt : call.receipts)
        line += (receipt.inferred ? " ~> " : " -> ") + nameOf(corpus, receipt.row) + (receipt.failed ? "!" : "");
    return line;
}

inline std::string treeText(const Corpus& corpus, const CallTree& tree)
{
    std::string text;
    for (const CallNode& node : tree.nodes)
        text += std::string(2 * node.depth, ' ') + callText(corpus, tree, node) + '\n';
    return text;
}

/// As QCOMPARE, which does not show what a std::string holds.
#define COMPARE_TREE(script, expected) QCOMPARE(QString::fromStdString(treeText(script)), QString(expected))

inline std::string treeText(TraceScript& script)
{
    ScriptedTrace trace(script, 0);
    return treeText(script.corpus, callTree(trace));
}

} // namespace arcscope::testing
