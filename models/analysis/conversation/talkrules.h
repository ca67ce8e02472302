// What is looked for in a conversation: statements reversed, giving in to doubt, questions asked again.
#pragma once

#include "conversation.h"

#include <string>
#include <vector>

namespace arcscope
{

/// talk.claim_flip and talk.self_correction.
void findFlips(const Conversation& conversation, std::vector<Finding>& into);
/// talk.capitulation.
void findCapitulations(const Conversation& conversation, std::vector<Finding>& into);
/// talk.repeated_question.
void findRepeatedQuestions(const Conversation& conversation, std::vector<Finding>& into);

// ---- What they are made of

/// A tool gave something between two turns of a thread, both left out.
bool toolSpoke(const Conversation& conversation, const Thread& thread, std::size_t after, std::size_t before);

/// One of the turns from `first` up to but not including `end` has the words, whatever their case.
bool anyHas(const Conversation& conversation, const Thread& thread, std::size_t first, std::size_t end,
            std::string_view words, bool usersOnly);

} // namespace arcscope
