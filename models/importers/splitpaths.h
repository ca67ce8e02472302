// SplitPaths: which containers of a JSON document are walked into, and which values in them are the records.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace arcscope
{

/// Paths from the top-level value to the records: steps separated by '/', each the key of an object member ("a|b":
/// either), '{}' for all other members of an object, or '*' for the elements of an array. "traceEvents/*", "*"
/// (elements of a top-level array), "trace/observations/*". A step that meets the other kind of container does not
/// match, so {"*", "data/*"} serves both forms of a file. Where a value is a record of one path and lies on another, it
/// is walked into.
class SplitPaths
{
public:
    static constexpr int none = -1;
    static constexpr int root = 0;

    /// No paths: every top-level value is a record (target 0).
    SplitPaths();
    SplitPaths(std::initializer_list<std::string_view> paths);

    /// The node of a member or of the elements; `none` for a node that is not on a path.
    int member(int node, std::string_view key) const;
    int element(int node) const;
    /// The number of the path that ends here, or -1.
    int target(int node) const;
    /// Whether a container of this kind at this node is walked into.
    bool walks(int node, bool array) const;

private:
    struct Node {
        std::vector<std::pair<std::string, int>> members;
        int anyMember = none;
        int element = none;
        int target = -1;
    };
    void add(std::string_view path, int target);
    int addStep(int node, std::string_view step);
    int named(int node, std::string_view key) const;

    std::vector<Node> m_nodes;
};

} // namespace arcscope
