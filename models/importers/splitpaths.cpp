#include "splitpaths.h"

namespace arcscope
{

SplitPaths::SplitPaths()
    : m_nodes(1)
{
    m_nodes[root].target = 0;
}

SplitPaths::SplitPaths(std::initializer_list<std::string_view> paths)
    : m_nodes(1)
{
    int target = 0;
    for (const std::string_view path : paths)
        add(path, target++);
    if (paths.size() == 0)
        m_nodes[root].target = 0;
}

void SplitPaths::add(std::string_view path, int target)
{
    // The alternatives of a step lead to nodes of their own, which all get the same rest of the path.
    std::vector<int> ends{root};
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        std::string_view step = path.substr(0, slash);
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
        std::vector<int> next;
        while (true) {
            const std::size_t bar = step.find('|');
            for (const int end : ends)
                next.push_back(addStep(end, step.substr(0, bar)));
            if (bar == std::string_view::npos)
                break;
            step.remove_prefix(bar + 1);
        }
        ends = std::move(next);
    }
    for (const int end : ends)
        m_nodes[static_cast<std::size_t>(end)].target = target;
}

int SplitPaths::addStep(int node, std::string_view step)
{
    const bool each = step == "*";
    const bool any = step == "{}";
    const int known = each  ? element(node)
                      : any ? m_nodes[static_cast<std::size_t>(node)].anyMember
                            : named(node, step);
    if (known != none)
        return known;
    const int added = static_cast<int>(m_nodes.size());
    m_nodes.emplace_back();
    Node& from = m_nodes[static_cast<std::size_t>(node)];
    if (each)
        from.element = added;
    else if (any)
        from.anyMember = added;
    else
        from.members.emplace_back(step, added);
    return added;
}

int SplitPaths::member(int node, std::string_view key) const
{
    if (node == none)
        return none;
    const int found = named(node, key);
    return found != none ? found : m_nodes[static_cast<std::size_t>(node)].anyMember;
}

int SplitPaths::named(int node, std::string_view key) const
{
    for (const auto& [name, child] : m_nodes[static_cast<std::size_t>(node)].members) {
        if (name == key)
            return child;
    }
    return none;
}

int SplitPaths::element(int node) const
{
    return node == none ? none : m_nodes[static_cast<std::size_t>(node)].element;
}

int SplitPaths::target(int node) const
{
    return node == none ? -1 : m_nodes[static_cast<std::size_t>(node)].target;
}

bool SplitPaths::walks(int node, bool array) const
{
    if (node == none)
        return false;
    const Node& at = m_nodes[static_cast<std::size_t>(node)];
    return array ? at.element != none : !at.members.empty() || at.anyMember != none;
}

} // namespace arcscope
