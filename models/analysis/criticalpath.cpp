#include "criticalpath.h"

#include <algorithm>

namespace arcscope
{

namespace
{

/// A span of the trace with its children; node 0 stands above the roots.
struct Node {
    Row row = noRow;
    TimeRange range;
    std::uint32_t firstChild = 0; ///< slice of the list of children
    std::uint32_t children = 0;
};

/// A span whose path is being walked back: `time` is how far.
struct Walk {
    std::uint32_t node = 0;
    Nanos time = 0;
    Nanos start = 0;
    std::uint32_t nextChild = 0; ///< children by end, latest first
};

struct Tree {
    std::vector<Node> nodes;
    std::vector<std::uint32_t> children;
};

Tree treeOf(const Corpus& corpus, std::uint32_t trace)
{
    Tree tree;
    tree.nodes.emplace_back();
    std::vector<std::uint32_t> parents{0};
    std::vector<std::uint32_t> open; // by depth
    for (const Row row : corpus.rowsOf(trace)) {
        const auto depth = static_cast<std::size_t>(corpus.spans.at(SpanColumn::Depth, row));
        open.resize(std::min(depth, open.size()));
        const std::uint32_t parent = open.empty() ? 0 : open.back();
        TimeRange range = corpus.spans.range(row);
        const bool usable = range.recorded() && corpus.spans.duration(row) >= 0;
        if (usable && parent != 0) {
            const TimeRange& outer = tree.nodes[parent].range;
            range.start = std::clamp(range.start, outer.start, outer.end);
            range.end = std::clamp(range.end, outer.start, outer.end);
        }
        // What has no time of its own is passed over: its children count as those of the span above.
        std::uint32_t node = parent;
        if (usable) {
            node = static_cast<std::uint32_t>(tree.nodes.size());
            tree.nodes.push_back({row, range, 0, 0});
            parents.push_back(parent);
            ++tree.nodes[parent].children;
        }
        open.push_back(node);
    }
    std::uint32_t first = 0;
    for (Node& node : tree.nodes) {
        node.firstChild = first;
        first += node.children;
        node.children = 0;
    }
    tree.children.resize(first);
    for (std::uint32_t i = 1; i < tree.nodes.size(); ++i) {
        Node& parent = tree.nodes[parents[i]];
        tree.children[parent.firstChild + parent.children++] = i;
    }
    for (const Node& node : tree.nodes) {
        const auto begin = tree.children.begin() + node.firstChild;
        std::stable_sort(begin, begin + node.children, [&](std::uint32_t a, std::uint32_t b) {
            return tree.nodes[a].range.end > tree.nodes[b].range.end;
        });
    }
    return tree;
}

} // namespace

std::vector<PathSegment> criticalPath(const Corpus& corpus, std::uint32_t trace)
{
    std::vector<PathSegment> path;
    const Tree tree = treeOf(corpus, trace);
    if (tree.nodes.size() < 2)
        return path;
    const auto add = [&](Row row, Nanos from, Nanos to) {
        if (row != noRow && from < to)
            path.push_back({row, {from, to}});
    };
    std::vector<Walk> stack{{0, tree.nodes[tree.children.front()].range.end, noTime, 0}};
    while (!stack.empty()) {
        Walk& walk = stack.back();
        const Node& node = tree.nodes[walk.node];
        // The next child that had ended by then; a child without length bounds nothing.
        std::uint32_t child = 0;
        while (walk.nextChild < node.children && child == 0) {
            const std::uint32_t candidate = tree.children[node.firstChild + walk.nextChild++];
            const TimeRange& range = tree.nodes[candidate].range;
            if (range.end <= walk.time && range.start < range.end)
                child = candidate;
        }
        if (child == 0) {
            add(node.row, walk.start, walk.time);
            stack.pop_back();
            continue;
        }
        const TimeRange range = tree.nodes[child].range;
        add(node.row, range.end, walk.time);
        walk.time = range.start;
        stack.push_back({child, range.end, range.start, 0});
    }
    std::reverse(path.begin(), path.end());
    return path;
}

} // namespace arcscope
