// A page on paper: PDF with texts that can be selected, on as many sheets as it takes.
#pragma once

#include "result.h"

#include <QByteArray>

namespace arcscope
{

struct PrintedPage;

/// Sheets of A4, each with its foot and number. Nothing is fetched: links and pictures of the text lead nowhere. Needs
/// a QGuiApplication. Error: Unsupported.
Result<QByteArray> paperPdf(const PrintedPage& page);

} // namespace arcscope
