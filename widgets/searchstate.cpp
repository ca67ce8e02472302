#include "searchstate.h"

#include "displaytext.h"
#include "emptystate.h"

#include <QCoreApplication>
#include <QLabel>
#include <QToolButton>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("SearchState", text);
}

QString problemOf(const FindingBook& book, int most)
{
    return oneLine(book.problem().toStdString(), most);
}

QString doneText(const FindingBook& book)
{
    return tr("%1 of %2 spans searched")
        .arg(countText(static_cast<qint64>(book.spansDone())), countText(static_cast<qint64>(book.spansInAll())));
}

} // namespace

QString failureText(const FindingBook& book)
{
    return book.stage() == SearchStage::Failed ? tr("The search failed: %1").arg(problemOf(book, 200)) : QString();
}

void showSearch(const FindingBook& book, QLabel& progress, QToolButton& button)
{
    const SearchStage stage = book.stage();
    const bool searching = stage == SearchStage::Searching;
    const bool shown = searching || stage == SearchStage::Stopped || stage == SearchStage::Failed;
    progress.setVisible(shown);
    button.setVisible(shown);
    button.setText(searching ? tr("Cancel") : tr("Search again"));
    if (shown)
        progress.setText(searching                      ? doneText(book)
                         : stage == SearchStage::Failed ? failureText(book)
                                                        : tr("Cancelled: not all was searched"));
}

void endOrSearchAgain(FindingBook& book)
{
    if (book.stage() == SearchStage::Searching)
        book.cancel();
    else
        book.searchAgain();
}

void sayFiltering(EmptyState& page)
{
    page.say(tr("Filtering"), tr("What matches the filter is looked for."), tr("&Clear the filter"));
}

bool sayUnsearched(const FindingBook& book, EmptyState& page, const QString& reading, const QString& stopped)
{
    switch (book.stage()) {
    case SearchStage::Nothing:
        page.say(tr("No trace is open"), tr("Open a file, or drop one here."));
        return true;
    case SearchStage::Reading:
        page.say(tr("Reading"), reading);
        return true;
    case SearchStage::Searching:
        page.say(tr("Searching"), doneText(book), tr("&Cancel"));
        return true;
    case SearchStage::Stopped:
        page.say(stopped, tr("The search was cancelled."), tr("&Search"));
        return true;
    case SearchStage::Failed:
        page.say(tr("The search failed"), problemOf(book, 400), tr("&Search again"));
        return true;
    case SearchStage::Done:
        break;
    }
    return false;
}

} // namespace arcscope
