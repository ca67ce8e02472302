#include "speculativesampler.h"

#include <algorithm>
#include <cassert>

namespace arcscope::speculation
{

Token Chance::draw(std::span<const double> weights)
{
    double sum = 0;
    for (const double weight : weights)
        sum += weight;
    assert(sum > 0);
    const double wanted = uniform() * sum;
    double passed = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0)
            continue;
        passed += weights[i];
        last = i;
        if (wanted < passed)
            break;
    }
    return static_cast<Token>(last);
}

std::span<const Token> SpeculativeSampler::draft(std::span<const Token> context, std::size_t length)
{
    std::vector<Token> text(context.begin(), context.end());
    m_drafted.clear();
    m_offered.resize(std::max(m_offered.size(), length));
    for (std::size_t i = 0; i < length; ++i) {
        m_draft.predict(text, m_offered[i]);
        m_drafted.push_back(m_chance.draw(m_offered[i]));
        text.push_back(m_drafted.back());
    }
    return m_drafted;
}

SpeculativeStep SpeculativeSampler::verify(std::span<const Token> context)
{
    SpeculativeStep step;
    step.drafted = m_drafted;
    std::vector<Token> text(context.begin(), context.end());
    for (const Token token : m_drafted) {
        const std::vector<double>& offered = m_offered[step.accepted];
        m_target.predict(text, m_wanted);
        // Accepted with min(1, p / q).
        if (m_chance.uniform() * offered[token] >= m_wanted[token]) {
            // norm(max(0, p - q)): what the small model offers too seldom.
            for (std::size_t i = 0; i < m_wanted.size(); ++i)
                m_wanted[i] = std::max(0.0, m_wanted[i] - offered[i]);
            step.next = m_chance.draw(m_wanted);
            return step;
        }
        ++step.accepted;
        text.push_back(token);
    }
    m_target.predict(text, m_wanted);
    step.next = m_chance.draw(m_wanted);
    return step;
}

} // namespace arcscope::speculation
