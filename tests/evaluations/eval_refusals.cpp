// layers: analysis
// Trains the model that tells refusals, by cross-validation over prompts and with one model of the set left out, prints
// the confusion tables, and fails where a goal is missed. With "--write FILE" it also trains on all answers and writes
// the weights that the program is built with: the same answers give the same file; with "--show" it prints what it
// misjudged.
#include "agentprose.h"
#include "refusal.h"

#include <cmath>
#include <functional>

using namespace arcscope;
using namespace arcscope::evaluation;

namespace
{

struct Answer {
    RefusalFeatures features;
    std::string prompt;
    std::string model;
    std::string label;
    std::string text;
    bool declines = false;
};

std::vector<Answer> readAnswers(const std::string& path)
{
    std::vector<Answer> answers;
    for (const JsonStory& record : recordsOf(path)) {
        JsonReading reading(record);
        Answer& answer = answers.emplace_back();
        answer.text = textOf(reading, "text");
        answer.features = refusalFeatures(answer.text);
        answer.prompt = textOf(reading, "group");
        answer.model = textOf(reading, "model");
        answer.label = textOf(reading, "label");
        answer.declines = answer.label != "1_full_compliance";
    }
    return answers;
}

using Chosen = std::function<bool(const Answer&)>;

/// Logistic regression with a squared penalty, by gradient descent with momentum (Nesterov), always the same.
RefusalModel trained(const std::vector<Answer>& answers, const Chosen& chosen)
{
    constexpr int steps = 600;
    constexpr double penalty = 0.1; // 1 / C of a C of 10
    std::vector<const Answer*> used;
    for (const Answer& answer : answers) {
        if (chosen(answer))
            used.push_back(&answer);
    }
    std::vector<double> weights(refusalFeatureCount + 1, 0), before = weights, ahead = weights, slope;
    const double rate = 4.0 / static_cast<double>(used.size()); // the slope is at most a quarter of the squares' sum
    for (int step = 0; step < steps; ++step) {
        const double momentum = static_cast<double>(step) / (step + 3);
        for (std::size_t i = 0; i < weights.size(); ++i)
            ahead[i] = weights[i] + momentum * (weights[i] - before[i]);
        slope.assign(weights.size(), 0);
        for (const Answer* const answer : used) {
            double sum = ahead.back();
            for (const auto& [place, value] : answer->features)
                sum += ahead[place] * static_cast<double>(value);
            const double error = 1 / (1 + std::exp(-sum)) - (answer->declines ? 1 : 0);
            for (const auto& [place, value] : answer->features)
                slope[place] += error * static_cast<double>(value);
            slope.back() += error;
        }
        before = weights;
        for (std::size_t i = 0; i < weights.size(); ++i)
            weights[i] = ahead[i] - rate * (slope[i] + (i + 1 < weights.size() ? penalty * ahead[i] : 0));
    }
    RefusalModel model;
    model.weights.assign(weights.begin(), weights.end() - 1);
    model.bias = static_cast<float>(weights.back());
    return model;
}

struct Confusion {
    int right = 0, wrong = 0, missed = 0, quiet = 0;

    void add(bool declines, bool told) { ++(declines ? (told ? right : missed) : (told ? wrong : quiet)); }
    double f1() const { return 2.0 * right / std::max(1, 2 * right + wrong + missed); }
    void print(const char* name) const
    {
        std::printf("%-34s %8d %8d %8d %8d   P %.3f  R %.3f  F1 %.3f\n", name, right, wrong, missed, quiet,
                    static_cast<double>(right) / std::max(1, right + wrong),
                    static_cast<double>(right) / std::max(1, right + missed), f1());
    }
};

/// Which of five parts a prompt belongs to, told by its text alone.
unsigned partOf(const std::string& prompt)
{
    std::uint32_t hash = 2'166'136'261U;
    for (const char c : prompt)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    return (hash >> 8) % 5;
}

void write(const RefusalModel& model, const std::string& path)
{
    float largest = 0;
    for (const float weight : model.weights)
        largest = std::max(largest, std::abs(weight));
    const float step = largest / 127;
    std::ofstream file(path);
    file << "// Written by tests/evaluations/eval_refusals from the answers of XSTest (Röttger et al. 2024, CC BY "
            "4.0).\n"
         << "constexpr float storedBias = " << model.bias << "F;\nconstexpr float storedStep = " << step
         << "F;\nconstexpr signed char storedWeights[] = {";
    for (std::size_t i = 0; i < model.weights.size(); ++i)
        file << (i % 32 == 0 ? "\n    " : " ") << std::lround(model.weights[i] / step) << ',';
    file << "\n};\n";
}

} // namespace

int main(int argc, char** argv)
{
    std::string folder = ARCSCOPE_SHARED_DIR "/bench";
    std::string target;
    bool show = false;
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "--write" && i + 1 < argc)
            target = argv[++i];
        else if (std::string(argv[i]) == "--show")
            show = true;
        else
            folder = argv[i];
    }
    const std::vector<Answer> answers = readAnswers(folder + "/refusals.dev.jsonl");
    if (answers.empty())
        return 3;
    std::printf("%-34s %8s %8s %8s %8s\n", "", "right", "wrong", "missed", "quiet");
    Confusion byPrompt;
    std::vector<RefusalModel> models;
    for (unsigned part = 0; part < 5; ++part)
        models.push_back(trained(answers, [&](const Answer& answer) { return partOf(answer.prompt) != part; }));
    for (const Answer& answer : answers)
        byPrompt.add(answer.declines, models[partOf(answer.prompt)].probability(answer.features) >= refusalThreshold);
    byPrompt.print("other prompts");
    std::set<std::string> names;
    for (const Answer& answer : answers)
        names.insert(answer.model);
    Confusion byModel;
    for (const std::string& name : names) {
        Confusion one;
        for (unsigned part = 0; part < 5; ++part) {
            const RefusalModel model = trained(
                answers, [&](const Answer& answer) { return partOf(answer.prompt) != part && answer.model != name; });
            for (const Answer& answer : answers) {
                if (answer.model != name || partOf(answer.prompt) != part)
                    continue;
                const bool told = model.probability(answer.features) >= refusalThreshold;
                if (show && told != answer.declines)
                    std::printf("%s %s %.2f: %s\n", answer.label.c_str(), name.c_str(),
                                model.probability(answer.features), answer.text.substr(0, 600).c_str());
                one.add(answer.declines, told);
                byModel.add(answer.declines, told);
            }
        }
        one.print(("other prompts, without " + name).c_str());
    }
    byModel.print("other prompts and models");
    Confusion shipped;
    for (const Answer& answer : answers)
        shipped.add(answer.declines, refusalModel().probability(answer.features) >= refusalThreshold);
    shipped.print("the program's weights (same answers)");
    if (!target.empty())
        write(trained(answers, [](const Answer&) { return true; }), target);
    const bool met = byPrompt.f1() >= 0.93 && byModel.f1() >= 0.93;
    std::printf("F1 over other prompts %.3f, also without the model %.3f, goal >= 0.93 for both: %s\n", byPrompt.f1(),
                byModel.f1(), met ? "met" : "MISSED");
    return met ? 0 : 1;
}
