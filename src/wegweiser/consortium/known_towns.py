"""Towns that everybody in Germany knows: where one of them lies outside a centre's region, no place of ours is guessed.

The large towns of Germany (above 100,000 inhabitants), many of the middle ones, and the best known of its neighbours.
"""

NAMES = """
Aachen Aalen Ahlen Amberg Ansbach Arnsberg Aschaffenburg Augsburg
Bamberg Bautzen Bayreuth Bergisch-Gladbach Berlin Bielefeld Bocholt Bochum Bonn Bottrop Brandenburg Braunschweig Bremen
Bremerhaven Celle Chemnitz Coburg Cottbus Cuxhaven Darmstadt Delmenhorst Detmold Dormagen Dorsten Dortmund Dresden
Duisburg Düren Düsseldorf Eisenach Emden Erfurt Erlangen Essen Esslingen Euskirchen Flensburg Frankfurt Freiberg
Freiburg Freising Friedrichshafen Fulda Fürth Garbsen Gelsenkirchen Gera Gießen Gladbeck Göppingen Görlitz Goslar Gotha
Göttingen Greifswald Gummersbach Gütersloh Hagen Hamburg Hameln Hamm Hanau Hannover Hattingen Heidelberg Heidenheim
Heilbronn Herford Herne Herten Hilden Hildesheim Hof Ingolstadt Iserlohn Jena Kaiserslautern Karlsruhe Kassel Kempten
Kerpen Kiel Kleve Koblenz Köln Konstanz Krefeld Landshut Langenhagen Leipzig Leverkusen Lingen Lippstadt Lübeck
Lüdenscheid Ludwigsburg Ludwigshafen Lüneburg Lünen Mainz Mannheim Marburg Marl Meerbusch Meißen Memmingen Menden
Minden Moers Mönchengladbach München Münster Neubrandenburg Neumünster Neuss Neustadt Neuwied Norderstedt Nordhorn
Nürnberg Oberhausen Offenbach Offenburg Oldenburg Osnabrück Paderborn Passau Peine Pforzheim Pirna Plauen Potsdam
Ratingen Ravensburg Recklinghausen Regensburg Remscheid Reutlingen Rheine Rosenheim Rostock Rüsselsheim Saarbrücken
Salzgitter Schwäbisch-Gmünd Schweinfurt Schwerin Siegen Sindelfingen Solingen Speyer Stade Stolberg Stralsund Straubing
Stuttgart Suhl Trier Troisdorf Tübingen Ulm Unna Velbert Viersen Villingen-Schwenningen Völklingen Weimar Wesel
Wetzlar Wiesbaden Wilhelmshaven Wismar Witten Wittenberge Wolfenbüttel Wolfsburg Worms Wuppertal Würzburg Zwickau
Amsterdam Basel Bern Breslau Brüssel Budapest Graz Innsbruck Kopenhagen Linz London Luxemburg Mailand Moskau Paris
Posen Prag Rom Salzburg Stettin Straßburg Warschau Wien Zürich
"""
