"""Function words: words that hold sentences together and say next to nothing alone.

They are indexed and found like all words; they only weigh little in ranking, and
only in a query that has other words. A language that is not listed here does
without: a word that most posts have weighs little there too.
"""

_ENGLISH = (
    "a about after all also am an and any are as at be because been before being between but "
    "by can could did do does doing for from had has have having he her here hers him his how "
    "i if in into is it its itself just me more most my no nor not of off on once only or "
    "other our ours out over own same she should so some such than that the their theirs them "
    "then there these they this those through to too under until up very was we were what "
    "when where which while who whom why will with would you your yours "
)
_GERMAN = (
    "aber als am an auch auf aus bei bin bis da das dass dein dem den der des die dies diese "
    "diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es euch euer "
    "fur hat hatte ich ihm ihn ihr ihre im in ins ist ja kann kein keine man mein mich mir mit "
    "nach nicht noch nun nur ob oder ohne sein seine sich sie sind so uber um und uns unser unter "
    "vom von vor war was weil wenn wer wie wieder will wir wird wo zu zum zur"
)
_FRENCH = (
    "a ai au aux avec c ce ces cet cette d dans de des donc dont du elle elles en es est et eu il "
    "ils j je l la le les leur leurs lui m ma mais me mes mon n ne nos notre nous on ont ou par "
    "pas plus pour qu que qui s sa sans se ses si son sont sur t ta te tes ton tu un une vos votre "
    "vous y"
)
_SPANISH = (
    "a al como con cual de del el ella ellas ellos en entre era es esa ese eso esta este esto "
    "fue ha hay la las le les lo los mas me mi mis muy nada ni no nos o os otra otro para pero por "
    "porque que quien se ser si sin sobre son su sus te tu tus un una uno unos y ya yo"
)
_ITALIAN = (
    "a ad agli ai al alla alle allo anche che chi ci come con da dagli dai dal dalla de degli dei "
    "del della delle dello di e ed era essere gli ha ho i il in io la le lei li lo loro lui ma mi "
    "mio ne negli nei nel nella noi non nostro o per piu quale quando quella quello questa questo "
    "se sei si sono su sua sul sulla suo ti tra tu tuo un una uno vi voi"
)
_PORTUGUESE = (
    "a ao aos as ate com como da das de dela dele do dos e ela ele em entre era essa esse esta "
    "este eu foi ha isso isto ja la lhe mais mas me meu minha muito na nao nas nem no nos nossa "
    "nosso o os ou para pela pelo por porque qual quando que quem se sem ser seu so sua sao tambem "
    "te tem um uma voce"
)
_DUTCH = (
    "aan als bij dan dat de deze die dit doch door een en er ge haar had heb heeft hem het hier "
    "hij hoe hun ik in is ja je kan maar me met mij mijn na naar niet nog nu of om ons onder ook "
    "op over te tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd wie wij "
    "zal ze zich zij zijn zo zonder zou"
)
_BY_LANGUAGE = {
    name: frozenset(words.split())
    for name, words in {
        "english": _ENGLISH,
        "porter": _ENGLISH,
        "german": _GERMAN,
        "french": _FRENCH,
        "spanish": _SPANISH,
        "italian": _ITALIAN,
        "portuguese": _PORTUGUESE,
        "dutch": _DUTCH,
        "dutch_porter": _DUTCH,
    }.items()
}


def function_words(language: str) -> frozenset[str]:
    """The folded function words of a language; empty for one whose words we have not listed."""
    return _BY_LANGUAGE.get(language, frozenset())
