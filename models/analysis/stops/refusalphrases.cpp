#include "refusalphrases.h"

#include "proselines.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace arcscope
{
namespace
{

using Phrases = std::span<const std::string_view>;

// Somebody says of himself that he cannot or will not help, answer or do what was asked. What was not found, did not
// work or is not allowed to others is said in other words.
constexpr auto german = std::to_array<std::string_view>({"kann ich nicht helfen",
                                                         "kann ich dir nicht helfen",
                                                         "kann ich ihnen nicht helfen",
                                                         "kann ich leider nicht helfen",
                                                         "kann ich dir leider nicht helfen",
                                                         "kann ich ihnen leider nicht helfen",
                                                         "kann ich nicht weiterhelfen",
                                                         "kann ich dir nicht weiterhelfen",
                                                         "kann ich ihnen nicht weiterhelfen",
                                                         "kann ich leider nicht weiterhelfen",
                                                         "kann ich nicht behilflich sein",
                                                         "kann ich ihnen nicht behilflich sein",
                                                         "ich kann dir dabei nicht helfen",
                                                         "ich kann ihnen dabei nicht helfen",
                                                         "ich kann dabei nicht helfen",
                                                         "ich kann dabei leider nicht helfen",
                                                         "kann dieser anfrage nicht nachkommen",
                                                         "kann ihrer anfrage nicht nachkommen",
                                                         "kann dieser bitte nicht nachkommen",
                                                         "kann ich nicht nachkommen",
                                                         "kann diese anfrage nicht erfüllen",
                                                         "kann diese anfrage nicht beantworten",
                                                         "ich werde dir dabei nicht helfen"});
constexpr auto french = std::to_array<std::string_view>(
    {"je ne peux pas vous aider", "je ne peux pas t'aider", "je ne peux pas aider",
     "je ne suis pas en mesure de vous aider", "je ne suis pas en mesure de t'aider",
     "je ne peux pas répondre à cette demande", "je ne peux pas répondre à votre demande",
     "je ne peux pas répondre à ta demande", "je ne suis pas en mesure de répondre à",
     "je ne peux pas accéder à votre demande", "je ne peux pas accéder à cette demande",
     "je ne peux pas donner suite à", "je ne peux pas satisfaire"});
constexpr auto spanish = std::to_array<std::string_view>(
    {"no puedo ayudarte", "no puedo ayudarle", "no puedo ayudar con", "no puedo ayudar a", "no puedo cumplir con esa",
     "no puedo cumplir con esta", "no puedo responder a esa", "no puedo responder a esta", "no puedo asistirte",
     "no puedo asistirle", "no puedo atender esa solicitud", "no puedo atender esta solicitud",
     "no puedo proporcionar ayuda", "no me es posible ayudar", "no estoy en condiciones de ayudar"});
constexpr auto portuguese = std::to_array<std::string_view>(
    {"não posso ajudar", "não posso te ajudar", "não posso lhe ajudar", "não posso ajudá", "não consigo te ajudar com",
     "não consigo ajudar com", "não posso atender a ess", "não posso atender a est", "não posso atender ao seu pedido",
     "não posso fornecer ajuda", "não sou capaz de ajudar", "não posso cumprir com ess"});
constexpr auto italian = std::to_array<std::string_view>(
    {"non posso aiutarti", "non posso aiutarla", "non posso aiutare", "non posso aiutarvi",
     "non sono in grado di aiutarti", "non sono in grado di aiutarla", "non posso soddisfare questa richiesta",
     "non posso soddisfare la tua richiesta", "non posso fornire assistenza",
     "non posso rispondere a questa richiesta"});
constexpr auto dutch = std::to_array<std::string_view>(
    {"daar kan ik je niet mee helpen", "daar kan ik u niet mee helpen", "daar kan ik niet mee helpen",
     "daar kan ik je niet bij helpen", "daar kan ik u niet bij helpen", "ik kan je daar niet mee helpen",
     "ik kan u daar niet mee helpen", "ik kan je hier niet mee helpen", "ik kan u hier niet mee helpen",
     "ik kan hier niet aan meewerken", "ik kan niet voldoen aan"});
constexpr auto russian = std::to_array<std::string_view>(
    {"не могу помочь", "не могу вам помочь", "не могу тебе помочь", "не могу с этим помочь",
     "не могу вам с этим помочь", "не могу выполнить этот запрос", "не могу выполнить ваш запрос",
     "не могу выполнить эту просьбу", "не могу ответить на этот запрос"});
constexpr auto chinese = std::to_array<std::string_view>(
    {"我无法协助", "我不能协助", "我无法帮助", "我不能帮助", "我无法提供帮助", "我无法为您提供帮助",
     "我无法为你提供帮助", "我无法满足", "无法满足您的请求", "无法满足你的请求", "我无法回答这个问题",
     "我不能回答这个问题", "我無法協助", "我不能協助", "我無法幫助", "我不能幫助", "我無法提供協助", "我無法提供幫助",
     "我無法滿足"});
constexpr auto japanese = std::to_array<std::string_view>(
    {"お手伝いできません", "お手伝いすることはできません", "お手伝いすることができません", "お応えできません",
     "お応えすることはできません", "お応えすることができません", "お答えできません", "お答えすることはできません",
     "お答えすることができません", "ご協力できません", "お力になれません"});
constexpr auto korean = std::to_array<std::string_view>({"도와드릴 수 없", "도와 드릴 수 없", "도움을 드릴 수 없",
                                                         "도움을 제공할 수 없", "답변드릴 수 없", "답변해 드릴 수 없",
                                                         "요청을 들어드릴 수 없", "요청에 응할 수 없"});

struct Language {
    std::string_view name;
    Phrases declines;
    std::string_view turn; ///< that leads on to what can be done
};
constexpr auto languages = std::to_array<Language>({
    {"German", german, "aber ich kann "},
    {"French", french, "mais je peux "},
    {"Spanish", spanish, "pero puedo "},
    {"Portuguese", portuguese, "mas posso "},
    {"Italian", italian, "ma posso "},
    {"Dutch", dutch, "maar ik kan "},
    {"Russian", russian, "но могу "},
    {"Chinese", chinese, "但我可以"},
    {"Japanese", japanese, "が、代わりに"},
    {"Korean", korean, "지만 대신"},
});

constexpr auto apologies = std::to_array<std::string_view>(
    {"tut mir leid", "entschuldigung", "leider",    "désolé",      "navré",     "lo siento", "disculpa",
     "desculp",      "sinto muito",    "lamento",   "mi dispiace", "spiacente", "sorry",     "het spijt me",
     "извините",     "простите",       "сожалению", "抱歉",        "对不起",    "對不起",    "申し訳",
     "すみません",   "恐れ入ります",   "죄송",      "미안"});

/// ASCII letters in lower case, and one form of apostrophe.
std::string folded(std::string_view text)
{
    std::string lower = prose::lower(text);
    constexpr std::string_view curly = "\u2019";
    for (std::size_t at = lower.find(curly); at != std::string::npos; at = lower.find(curly, at))
        lower.replace(at, curly.size(), "'");
    return lower;
}

/// Behind the first full stop, question or exclamation mark or end of a line.
std::size_t sentenceEnd(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const std::string_view wide : {"\u3002", "\uff01", "\uff1f"}) {
            if (text.substr(i).starts_with(wide))
                return i + wide.size();
        }
        const bool ends = text[i] == '.' || text[i] == '!' || text[i] == '?';
        if (text[i] == '\n' || (ends && (i + 1 == text.size() || prose::isSpace(text[i + 1]))))
            return i + 1;
    }
    return text.size();
}

template <std::size_t N>
bool hasAny(const std::string& text, const std::array<std::string_view, N>& words)
{
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

} // namespace

std::optional<RefusalPhrase> refusalPhrase(std::string_view text)
{
    constexpr std::size_t longest = 2'000;
    constexpr std::size_t longestApology = 90; ///< bytes
    const std::string_view head = text.substr(0, longest);
    std::size_t from = 0;
    for (int sentence = 0; sentence < 2; ++sentence) {
        while (from < head.size() && prose::isSpace(head[from]))
            ++from;
        const std::size_t to = from + sentenceEnd(head.substr(from));
        const std::string said = folded(head.substr(from, to - from));
        for (const Language& language : languages) {
            const bool declines = std::ranges::any_of(
                language.declines, [&](std::string_view phrase) { return said.find(phrase) != std::string::npos; });
            if (declines && said.find(language.turn) == std::string::npos)
                return RefusalPhrase{language.name, static_cast<std::int64_t>(from), static_cast<std::int64_t>(to)};
        }
        if (said.size() > longestApology || !hasAny(said, apologies))
            break;
        from = to;
    }
    return std::nullopt;
}

} // namespace arcscope
