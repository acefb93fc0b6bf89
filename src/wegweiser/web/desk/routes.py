"""A link that shows the way to an address on the device that follows it. Nobody is asked before it is tapped.

Then the map learns the address: whose maps these are stands in the papers of data protection and in the policy file.
"""

import re
from urllib.parse import quote

WEB = "https://www.openstreetmap.org/directions?to="
# The maps of an iPhone, iPad or Mac know no "geo:" and open at this address.
APPLE, APPLE_MAPS = re.compile(r"iPhone|iPad|iPod|Macintosh"), "https://maps.apple.com/?daddr="
# Android lets one choose among the map programs that are there.
ANDROID, ANDROID_MAPS = re.compile("Android"), "geo:0,0?q="


def to(spot: str, *, agent: str = "") -> str:
    """The way to `spot` for the browser that calls itself `agent`; without one it opens in any browser.

    >>> to("Am Wehr 3", agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)")
    'https://maps.apple.com/?daddr=Am%20Wehr%203'
    """
    if not spot:
        return ""
    if ANDROID.search(agent):
        return f"{ANDROID_MAPS}{quote(spot)}"
    return f"{APPLE_MAPS if APPLE.search(agent) else WEB}{quote(spot)}"
