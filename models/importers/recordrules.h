// RecordRules: which members of a platform's own records say what; dialects do the same for span attributes.
#pragma once

#include "content.h"
#include "jsonvalue.h"
#include "plainvalue.h"
#include "ruletable.h"
#include "spanfacts.h"

#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// The rules of one format. Their keys are paths into a record: "extra.metadata.session_id". Keys of the dialects are
/// known besides, by the path behind any of `roots` (metadata in which instrumentations leave their attributes).
class RecordRules
{
public:
    explicit RecordRules(std::span<const AttributeRule> rules, std::initializer_list<std::string_view> roots = {});

    struct Found {
        const AttributeRule* rule = nullptr;
        std::size_t root = 0; ///< how much of the path lies before the key that the rule is for
    };
    Found find(std::string_view path) const;
    /// Whether a rule lies below this path.
    bool leadsTo(std::string_view path) const;

private:
    std::vector<const AttributeRule*> m_rules; ///< by key
    RuleTable m_byKey;
    std::vector<std::string> m_roots; ///< each ends with '.'
};

/// Gives the members of a record to `facts`: those that a rule names whole, and the insides of those that lead to one;
/// of an array the first element, as member "0". What no rule names goes to `other`. Of several records of one span the
/// newest has to be taken first: what is said twice stays as it was said first. The record's text has to live until the
/// facts are settled.
void takeRecord(const JsonValue& record, const RecordRules& rules, SpanFacts& facts,
                const std::function<void(std::string_view path, const JsonValue& value)>& other);

/// The same for one member, whose path is given. Whether a rule names it.
bool takeMember(std::string_view path, const JsonValue& value, const RecordRules& rules, SpanFacts& facts);
bool takeMember(std::string_view path, const PlainValue& value, const RecordRules& rules, SpanFacts& facts);

/// The members as attributes with dotted keys; a value that a rule names stays whole, and is left out where it is null,
/// {} or []; inside of it only what rules name is there besides. Keys that are there already (of a newer record) stay
/// as they are.
void appendRecord(const JsonValue& record, const RecordRules& rules, std::vector<Attribute>& attributes);

} // namespace arcscope
