// What somebody chose to let leave from the window, and the command line that writes it.
#pragma once

#include <QByteArray>
#include <QSize>
#include <QString>
#include <QStringList>

#include <cstdint>

namespace arcscope
{

enum class ShareForm : std::uint8_t { Picture, Postmortem, Otlp, Bundle, Case };

struct ShareChoice {
    ShareForm form = ShareForm::Picture;
    QStringList paths;
    QString view;   ///< as `render` names it
    QString trace;  ///< id; empty: all
    QString span;   ///< id of the selected one; empty: none
    QString chosen; ///< in the view, text(ViewChoice); empty: nothing
    QString filter; ///< empty: all
    QString title;
    QByteArray state;  ///< JSON, schema arcscope.view/1: what a bundle opens in; empty: nothing is said
    QString stateFile; ///< that holds it
    QString target;
    double scale = 2;
    QSize size{1600, 8'000};
    bool dark = false;
    bool redacts = true;
    QStringList texts;    ///< struck wherever they stand
    QStringList fields;   ///< whose values are struck
    QStringList subjects; ///< people
    QStringList tags;     ///< "KEY" or "KEY=VALUE": all that such spans say
    QString where;        ///< a filter: all that spans say that match
};

/// For the program itself, without its name.
QStringList shareArguments(const ShareChoice& choice);
/// Tells as JSON what would be taken out; `values`: the values themselves, not masked.
QStringList previewArguments(const ShareChoice& choice, bool values);
/// The ending that a form is written with, of pictures the first.
QString shareEnding(ShareForm form);

} // namespace arcscope
