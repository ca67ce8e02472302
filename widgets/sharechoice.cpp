#include "sharechoice.h"

namespace arcscope
{
namespace
{

void add(QStringList& words, const char* option, const QString& value)
{
    if (!value.isEmpty())
        words << QLatin1String(option) << value;
}

void addAll(QStringList& words, const char* option, const QStringList& values)
{
    for (const QString& value : values)
        add(words, option, value.trimmed().replace(QLatin1Char(','), QLatin1String("\\,")));
}

void addRules(QStringList& words, const ShareChoice& choice)
{
    if (!choice.redacts) {
        words << QStringLiteral("--no-redact");
        return;
    }
    addAll(words, "--strike", choice.texts);
    addAll(words, "--strike-field", choice.fields);
    addAll(words, "--subject", choice.subjects);
    addAll(words, "--strike-tag", choice.tags);
    add(words, "--strike-where", choice.where);
}

void addSelection(QStringList& words, const ShareChoice& choice)
{
    add(words, "--where", choice.filter);
    add(words, "--trace", choice.trace);
}

} // namespace

QStringList shareArguments(const ShareChoice& choice)
{
    QStringList words;
    switch (choice.form) {
    case ShareForm::Picture:
        words << QStringLiteral("render") << QStringLiteral("--view") << choice.view;
        add(words, "--trace", choice.trace);
        add(words, "--span", choice.span);
        add(words, "--chosen", choice.chosen);
        words << QStringLiteral("--theme") << (choice.dark ? QStringLiteral("dark") : QStringLiteral("light"))
              << QStringLiteral("--scale") << QString::number(choice.scale) << QStringLiteral("--size")
              << QStringLiteral("%1x%2").arg(choice.size.width()).arg(choice.size.height());
        break;
    case ShareForm::Postmortem:
        words << QStringLiteral("postmortem");
        add(words, "--title", choice.title);
        addSelection(words, choice);
        break;
    case ShareForm::Otlp:
    case ShareForm::Bundle:
    case ShareForm::Case:
        words << QStringLiteral("export") << QStringLiteral("--as")
              << (choice.form == ShareForm::Otlp     ? QStringLiteral("otlp")
                  : choice.form == ShareForm::Bundle ? QStringLiteral("bundle")
                                                     : QStringLiteral("case"));
        if (choice.form == ShareForm::Case)
            add(words, "--span", choice.span);
        if (choice.form == ShareForm::Bundle)
            add(words, "--view", choice.stateFile);
        addSelection(words, choice);
        break;
    }
    addRules(words, choice);
    words << QStringLiteral("-o") << choice.target << QStringLiteral("--") << choice.paths;
    return words;
}

QStringList previewArguments(const ShareChoice& choice, bool values)
{
    QStringList words{QStringLiteral("redact"), QStringLiteral("--preview"), QStringLiteral("--json")};
    if (values)
        words << QStringLiteral("--values");
    ShareChoice redacted = choice;
    redacted.redacts = true;
    if (choice.form != ShareForm::Picture) // a picture is drawn of a copy of all
        addSelection(words, redacted);
    addRules(words, redacted);
    words << QStringLiteral("--") << choice.paths;
    return words;
}

QString shareEnding(ShareForm form)
{
    switch (form) {
    case ShareForm::Picture:
        return QStringLiteral(".png");
    case ShareForm::Postmortem:
        return QStringLiteral(".html");
    case ShareForm::Otlp:
        return QStringLiteral(".jsonl");
    case ShareForm::Bundle:
        return QStringLiteral(".arcbundle");
    case ShareForm::Case:
        return QStringLiteral(".json");
    }
    return {};
}

} // namespace arcscope
